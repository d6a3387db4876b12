//! What somebody else has put in the way.

use std::fs;

use synth::files::Root;

use super::{README, Temp, files, read, show};

/// What a write says, with the folder of the test left out.
fn refused(temp: &Temp) -> String {
    let root = Root::elsewhere(&temp.join("out"));
    let error = root.write(&files(&root, "new\n")).unwrap_err();
    error.to_string().replace(&temp.path().display().to_string(), "")
}

fn rendered(text: &str) -> Temp {
    let temp = Temp::new();
    let root = Root::elsewhere(&temp.join("out"));
    root.write(&files(&root, text)).unwrap();
    temp
}

#[test]
fn a_stray_is_told_and_removed_with_the_folders_that_it_leaves_empty() {
    let temp = rendered("new\n");
    let root = Root::elsewhere(&temp.join("out"));
    temp.put("out/old/README.md", super::MARK);
    temp.put("out/old/dev/network.template.json", "{}\n");
    let plan = root.write(&files(&root, "new\n")).unwrap();
    insta::assert_snapshot!(show(&plan, &temp), @r"
    Stray out/old/README.md
    Stray out/old/dev/network.template.json
    3 unchanged
    ");
    assert!(!temp.join("out/old").exists());
}

#[test]
fn the_strays_of_other_systems_are_left_alone_when_one_is_rendered() {
    let temp = rendered("new\n");
    let root = Root::elsewhere(&temp.join("out"));
    let other = temp.put("out/other/dev/network.template.json", "{}\n");
    let plan = root
        .clone()
        .only(&["shop".to_owned()])
        .write(&files(&root, "new\n"))
        .unwrap();
    assert!(plan.is_clean());
    assert_eq!(read(&other), "{}\n");
}

#[test]
fn a_folder_of_somebody_elses_files_is_refused() {
    let temp = Temp::new();
    let thesis = temp.put("out/thesis.tex", "years of work\n");
    insta::assert_snapshot!(refused(&temp), @"synth did not render `/out/thesis.tex`, where only rendered files may be; move away what is not synth's, or give an empty folder or one of synth's with --out; nothing was changed");
    assert_eq!(read(&thesis), "years of work\n");
}

#[test]
fn somebody_elses_file_beside_the_systems_is_never_removed() {
    let temp = rendered("old\n");
    let built = temp.put("out/bundle.js", "built by something else\n");
    assert!(refused(&temp).starts_with("synth did not render `/out/bundle.js`"));
    assert_eq!(read(&built), "built by something else\n");
    assert_eq!(read(&temp.join(super::TEMPLATE)), "old\n");
}

#[test]
fn a_file_without_the_mark_is_never_overwritten() {
    let temp = rendered("old\n");
    temp.put("out/shop/deploy.sh", "#!/usr/bin/env bash\n# Rendered by synth\n");
    let readme = temp.put(README, "# My notes\n");
    insta::assert_snapshot!(refused(&temp), @"synth did not render `/out/shop/README.md`; move away what you want to keep, and let synth take over what it may overwrite with `--adopt /out/shop/README.md`; nothing was changed");
    assert_eq!(read(&readme), "# My notes\n");
    assert_eq!(read(&temp.join(super::TEMPLATE)), "old\n");
}

/// JSON cannot say who wrote it: its system's folder does.
#[test]
fn json_in_a_folder_without_a_marked_file_is_never_overwritten() {
    let temp = Temp::new();
    let template = temp.put(super::TEMPLATE, "{}\n");
    assert!(refused(&temp).starts_with("synth did not render `/out/shop/dev/network.template.json`;"));
    assert_eq!(read(&template), "{}\n");
}

#[test]
fn a_file_that_is_adopted_is_overwritten() {
    let temp = rendered("old\n");
    temp.put("out/shop/deploy.sh", "#!/usr/bin/env bash\n# Rendered by synth\n");
    let readme = temp.put(README, "# My notes\n");
    let root = Root::elsewhere(&temp.join("out")).adopting(std::slice::from_ref(&readme));
    root.write(&files(&root, "new\n")).unwrap();
    assert_eq!(read(&readme), format!("{}new\n", super::MARK));
}

#[test]
fn a_folder_that_is_adopted_gives_only_what_is_rendered() {
    let temp = rendered("old\n");
    temp.put(README, "# My notes\n");
    temp.put("out/mine/thesis.tex", "years of work\n");
    let root = Root::elsewhere(&temp.join("out")).adopting(&[temp.join("out")]);
    let error = root.write(&files(&root, "new\n")).unwrap_err().to_string();
    assert!(error.contains("thesis.tex"), "{error}");
}

#[test]
fn an_empty_file_has_nothing_to_lose() {
    let temp = rendered("old\n");
    temp.put("out/shop/deploy.sh", "#!/usr/bin/env bash\n# Rendered by synth\n");
    let readme = temp.put(README, "");
    let root = Root::elsewhere(&temp.join("out"));
    root.write(&files(&root, "new\n")).unwrap();
    assert_eq!(read(&readme), format!("{}new\n", super::MARK));
}

#[test]
fn an_out_that_is_a_file_is_refused() {
    let temp = Temp::new();
    let file = temp.put("out", "a file\n");
    insta::assert_snapshot!(refused(&temp), @"`/out` is not a folder; move it away or give another --out");
    assert_eq!(read(&file), "a file\n");
}

#[test]
fn a_folder_in_the_place_of_a_file_is_refused() {
    let temp = Temp::new();
    fs::create_dir_all(temp.join(README)).unwrap();
    insta::assert_snapshot!(refused(&temp), @"`/out/shop/README.md` is not a regular file; move it away");
}

#[test]
fn a_read_only_file_is_refused_before_anything_is_written() {
    let temp = rendered("old\n");
    let readme = temp.join(README);
    let mut mode = fs::metadata(&readme).unwrap().permissions();
    mode.set_readonly(true);
    fs::set_permissions(&readme, mode).unwrap();
    insta::assert_snapshot!(refused(&temp), @"`/out/shop/README.md` is read-only; allow writing (chmod u+w) or give another --out; nothing was changed");
    assert_eq!(read(&temp.join(super::TEMPLATE)), "old\n");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_folder_that_nobody_may_write_to_is_refused() {
        let temp = rendered("old\n");
        fs::set_permissions(temp.join("out/shop"), PermissionsExt::from_mode(0o555)).unwrap();
        insta::assert_snapshot!(refused(&temp), @"`/out/shop` is read-only; allow writing (chmod u+w) or give another --out; nothing was changed");
        fs::set_permissions(temp.join("out/shop"), PermissionsExt::from_mode(0o755)).unwrap();
    }

    #[test]
    fn a_link_out_of_the_folder_is_refused_and_not_followed() {
        for path in [
            "out",
            "out/shop",
            "out/shop/README.md",
            "out/shop/dev/stray",
            "out/.synth-unfinished",
        ] {
            let temp = rendered("old\n");
            let away = temp.put("away/README.md", "mine\n");
            let link = temp.join(path);
            if link.is_dir() {
                fs::remove_dir_all(&link).unwrap();
            } else {
                let _ = fs::remove_file(&link);
            }
            symlink(temp.join("away"), &link).unwrap();
            assert_eq!(
                refused(&temp),
                format!("`/{path}` is a symbolic link to `/away`: links are neither followed nor replaced; remove it")
            );
            assert_eq!(read(&away), "mine\n");
            assert_eq!(fs::read_dir(temp.join("away")).unwrap().count(), 1);
        }
    }

    #[test]
    fn the_mode_of_a_file_survives_a_new_text() {
        let temp = rendered("old\n");
        fs::set_permissions(temp.join(README), PermissionsExt::from_mode(0o640)).unwrap();
        let root = Root::elsewhere(&temp.join("out"));
        root.write(&files(&root, "new\n")).unwrap();
        assert_eq!(
            fs::metadata(temp.join(README)).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }
}
