//! A write that stops half-way.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use synth::files::{Error, Files, Root, Step};

use super::{Temp, files, read, show};

/// Old files on the disk: one to change, one to keep, one that nothing renders any more; and the new files.
fn changed() -> (Temp, Root, Files) {
    let temp = Temp::new();
    let root = Root::elsewhere(&temp.join("out"));
    root.write(&files(&root, "old\n")).unwrap();
    temp.put("out/shop/dev/stray.json", "stray\n");
    std::fs::remove_file(temp.join("out/shop/dev/parameters.json")).unwrap();
    let mut new = files(&root, "new\n");
    new.insert(temp.join("out/shop/prod/network.template.json"), "new\n".to_owned());
    (temp, root, new)
}

/// Every file with its text.
fn disk(temp: &Temp) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![temp.join("out")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.display().to_string(), read(&path)));
            }
        }
    }
    found.sort();
    found
}

/// How many steps the write of [`changed`] takes.
fn steps() -> usize {
    let (_temp, root, new) = changed();
    let mut steps = 0;
    root.write_in_steps(&new, &mut |_| {
        steps += 1;
        Ok(())
    })
    .unwrap();
    steps
}

#[test]
fn a_write_that_fails_at_any_step_leaves_every_old_file() {
    for stop in 0..steps() {
        let (temp, root, new) = changed();
        let before = disk(&temp);
        let mut step = 0;
        let failed = root.write_in_steps(&new, &mut |_| {
            step += 1;
            if step > stop {
                return Err(io::Error::from(io::ErrorKind::StorageFull));
            }
            Ok(())
        });
        assert!(matches!(failed, Err(Error::Io { .. })), "step {stop}: {failed:?}");
        assert_eq!(disk(&temp), before, "step {stop}");
        assert!(!temp.join("out/shop/prod").exists(), "step {stop}");
    }
}

#[test]
fn a_write_that_is_killed_at_any_step_is_told_by_the_next_look_and_finished_by_the_next_write() {
    for stop in 0..steps() {
        let (temp, root, new) = changed();
        let mut step = 0;
        let killed = catch_unwind(AssertUnwindSafe(|| {
            root.write_in_steps(&new, &mut |_| {
                step += 1;
                assert!(step <= stop, "killed here");
                Ok(())
            })
        }));
        assert!(killed.is_err());
        let plan = root.plan(&new).unwrap();
        assert!(!plan.is_clean(), "step {stop}");
        assert!(plan.interrupted.is_some(), "step {stop}");
        for (path, text) in disk(&temp) {
            let text = text.strip_prefix(super::MARK).unwrap_or(&text);
            assert!(["old\n", "new\n", "stray\n"].contains(&text), "{path} is torn");
        }
        root.write(&new).unwrap();
        assert!(root.plan(&new).unwrap().is_clean(), "step {stop}");
        assert!(!temp.join("out/shop/dev/stray.json").exists(), "step {stop}");
    }
}

#[test]
fn all_new_texts_are_on_the_disk_before_the_first_file_changes() {
    let (_temp, root, new) = changed();
    let mut order = Vec::new();
    root.write_in_steps(&new, &mut |step| {
        order.push(match step {
            Step::Stage(_) => "stage",
            Step::Swap(_) => "swap",
            Step::Clean => "clean",
        });
        Ok(())
    })
    .unwrap();
    let mut sorted = order.clone();
    sorted.sort_by_key(|step| ["stage", "swap", "clean"].iter().position(|it| it == step));
    assert_eq!(order, sorted);
}

#[test]
fn the_error_says_what_failed_and_that_nothing_changed() {
    let (temp, root, new) = changed();
    let full = root.write_in_steps(&new, &mut |step| match step {
        Step::Swap(path) if path.ends_with("README.md") => Err(io::Error::from(io::ErrorKind::StorageFull)),
        _ => Ok(()),
    });
    let text = full
        .unwrap_err()
        .to_string()
        .replace(&temp.path().display().to_string(), "");
    insta::assert_snapshot!(text, @"cannot replace `/out/shop/README.md`: no storage space; nothing was changed");
}

#[test]
fn a_second_write_changes_nothing() {
    let (temp, root, new) = changed();
    root.write(&new).unwrap();
    let mut steps = 0;
    let plan = root
        .write_in_steps(&new, &mut |_| {
            steps += 1;
            Ok(())
        })
        .unwrap();
    assert_eq!((steps, show(&plan, &temp).as_str()), (0, "4 unchanged"));
}

#[test]
fn two_writers_at_a_time_are_refused() {
    let (_temp, root, new) = changed();
    let mut inner = None;
    root.write_in_steps(&new, &mut |_| {
        inner.get_or_insert_with(|| root.write(&new).map(|_| ()));
        Ok(())
    })
    .unwrap();
    assert!(matches!(inner, Some(Err(Error::Busy { .. }))), "{inner:?}");
}
