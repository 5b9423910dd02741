//! What a screen reader is told in the real web view: a role and a name for all that can be worked with.

use crate::page::Page;
use crate::session::{NOW, Session, Start, drive};
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use std::path::Path;
use url::{ParseError, Url};

/// What the web view's accessibility tree says of an element; the driver's library has no call for it.
#[derive(Debug)]
struct Computed {
    element: String,
    /// `computedrole` or `computedlabel`
    what: &'static str,
}

impl WebDriverCompatibleCommand for Computed {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!(
            "session/{session}/element/{}/{}",
            self.element, self.what
        ))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::GET, None)
    }
}

/// Everything on the page that takes the keyboard: what it is, its role, its name.
async fn controls(page: &Page) -> Vec<(String, String, String)> {
    page.settled().await;
    let mut found = Vec::new();
    for element in page
        .all("button, input, select, textarea, a[href], summary, [tabindex='0']")
        .await
    {
        if !element.is_displayed().await.unwrap() {
            continue;
        }
        let mut said = Vec::new();
        for what in ["computedrole", "computedlabel"] {
            let id = element.element_id().to_string();
            let answer = page.issue(Computed { element: id, what }).await;
            said.push(answer.as_str().unwrap_or_default().to_owned());
        }
        let [role, label] = <[String; 2]>::try_from(said).unwrap();
        found.push((element.html(false).await.unwrap(), role, label));
    }
    found
}

/// The window on records that nobody has begun yet.
async fn open(top: &Path) -> Session {
    Session::open(&Start {
        data: &top.join("data"),
        home: &top.join("home"),
        now: NOW,
        arguments: &[],
    })
    .await
}

#[test]
fn all_that_takes_the_keyboard_has_a_role_and_a_name() {
    let top = tempfile::tempdir().unwrap();
    drive(async {
        let window = open(top.path()).await;
        let page = &window.page;
        page.press("先看一份示例").await;
        page.says("还要做的").await;
        let mut today = Vec::new();
        for screen in page.screens().await {
            page.visit(&screen).await;
            let controls = controls(page).await;
            assert!(controls.len() > 10, "{screen} has only {}", controls.len());
            for (html, role, label) in &controls {
                // A cell is read by what stands in it.
                let named =
                    !label.trim().is_empty() || (role == "gridcell" && html.contains("class=\"unseen\">"));
                assert!(named, "{screen}: no name: {html}");
                let known = [
                    "button",
                    "checkbox",
                    "combobox",
                    "gridcell",
                    "group",
                    "link",
                    "menuitem",
                    "option",
                    "radio",
                    "region",
                    "searchbox",
                    "slider",
                    "spinbutton",
                    "switch",
                    "tab",
                    "tabpanel",
                    "textbox",
                    "toolbar",
                    "img",
                ];
                assert!(known.contains(&role.as_str()), "{screen}: {role:?} of {html}");
            }
            if screen == "今日" {
                today = controls;
            }
        }
        for (role, label) in [
            ("button", "今日"),
            ("radio", "出勤"),
            ("radio", "公差"),
            ("button", "请假"),
        ] {
            assert!(
                today.iter().any(|(_, is, says)| is == role && says == label),
                "no {role} called {label}: {today:#?}"
            );
        }
        window.close(&top.path().join("data")).await;
    });
}

/// The check can fail: a control without a name is found.
#[test]
fn a_control_without_a_name_is_noticed() {
    let top = tempfile::tempdir().unwrap();
    drive(async {
        let window = open(top.path()).await;
        window.page.says("我是下乡医师").await;
        let add = "document.querySelector('main').append(document.createElement('textarea')); return null";
        window.page.evaluate(add).await;
        let nameless = |found: Vec<(String, String, String)>| {
            found.into_iter().filter(|(.., label)| label.is_empty()).count()
        };
        assert_eq!(nameless(controls(&window.page).await), 1);
        window.close(&top.path().join("data")).await;
    });
}
