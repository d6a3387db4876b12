use super::found;

#[test]
fn mismatched_fifo_names_both_queues() {
    let said = found(
        "mismatched-fifo",
        r"
Resources:
  Jobs:
    Type: AWS::SQS::Queue
    Properties: {FifoQueue: true, QueueName: jobs.fifo, RedrivePolicy: {deadLetterTargetArn: !GetAtt Aside.Arn, maxReceiveCount: 3}}
  Aside: {Type: 'AWS::SQS::Queue'}
  Mapping: {Type: 'AWS::Lambda::EventSourceMapping', Properties: {EventSourceArn: !GetAtt Jobs.Arn, BatchSize: 100}}
",
    );
    insta::assert_snapshot!(said, @"
    5:94 a FIFO queue cannot set messages aside in the standard queue `Aside`
    7:112 a batch of a FIFO queue has at most 10 messages
    ");
}

#[test]
fn mismatched_fifo_is_silent_about_queues_of_one_kind() {
    let said = found(
        "mismatched-fifo",
        r"
Resources:
  Jobs: {Type: 'AWS::SQS::Queue', Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Aside.Arn, maxReceiveCount: 3}}}
  Aside: {Type: 'AWS::SQS::Queue', Properties: {FifoQueue: false}}
  Mapping: {Type: 'AWS::Lambda::EventSourceMapping', Properties: {EventSourceArn: !GetAtt Jobs.Arn, BatchSize: 100}}
",
    );
    insta::assert_snapshot!(said, @"");
}
