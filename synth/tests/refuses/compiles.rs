//! What the others get wrong, right: it compiles, so what refuses the others is what they get wrong.
use synth::aws::cloudwatch::Alarm;
use synth::aws::ec2::{Subnet, Vpc};
use synth::aws::sns::{Subscription, Topic};
use synth::model::{Capacity, Entry, Minutes, Percent, Shift, Size, Strategy};
use synth::template::{Arn, Error, LogicalId, StackName, Template, Test, Value};

fn resources() -> Result<(), Error> {
    let mut template = Template::new(StackName::new("stack")?, "A stack", Vec::new());
    let vpc = template.add(LogicalId::new("", "Vpc"), &Vpc::new())?;
    template.add(LogicalId::new("a", "Subnet"), &Subnet::new(vpc.id()))?;
    let topic = template.add(LogicalId::new("", "Topic"), &Topic::new())?;
    let alarm = Alarm {
        alarm_actions: Some([topic.arn()].into()),
        ..Alarm::new()
    };
    template.add(LogicalId::new("", "Alarm"), &alarm)?;
    template.add(
        LogicalId::new("", "Subscription"),
        &Subscription::new("email", topic.arn()),
    )?;
    let elsewhere: Value<Arn<Topic>> = Value::existing("arn:aws:sns:us-east-1:111122223333:alerts");
    let _ = Subscription::new("email", elsewhere);
    template.condition("Always", Test::equals(&"a".into(), "a"))?;
    Ok(())
}

fn main() {
    let _ = resources();
    let _ = (Size::of::<256, 2048>(), synth::port!(8000));
    let _ = Capacity::Scaling {
        min: 2,
        max: 10,
        cpu: Percent::of::<60>(),
        memory: Percent::of::<100>(),
    };
    let _ = Entry::Http {
        because: "a test".into(),
    };
    let first = Percent::of::<10>();
    let _ = Strategy::BlueGreen {
        by: synth::model::BlueGreenBy::Ecs,
        shift: Shift::Canary {
            first,
            bake: Minutes(5),
        },
        bake: Minutes(0),
    };
}
