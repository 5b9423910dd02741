//! What a person sees and does on the page. Things are found by the words on them.

use crate::session::PATIENCE;
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use serde_json::Value;
use std::path::Path;
use std::time::{Duration, Instant};

pub(crate) struct Page {
    client: Client,
}

/// A string for use in an `XPath`; none of ours holds a double quote.
fn quoted(text: &str) -> String {
    assert!(!text.contains('"'));
    format!("\"{text}\"")
}

impl Page {
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Clicks the button of this name: its label, or its words.
    pub(crate) async fn press(&self, name: &str) {
        let name = quoted(name);
        let xpath = format!(
            "//*[self::button or self::a][not(@disabled)][@aria-label={name} or normalize-space(.)={name} or starts-with(normalize-space(.), {name})]"
        );
        self.click(&xpath).await;
    }

    /// Chooses one of a row of choices inside the group of that name.
    pub(crate) async fn choose(&self, group: &str, name: &str) {
        let (group, name) = (quoted(group), quoted(name));
        let xpath = format!(
            "//*[@role='radiogroup'][@aria-label={group}]//*[self::label or @role='radio'][normalize-space(.)={name} or .//*[normalize-space(.)={name}]]"
        );
        self.click(&xpath).await;
    }

    /// Chooses the newest of the backups made at this time.
    pub(crate) async fn choose_backup(&self, at: &str) {
        let at = quoted(at);
        self.click(&format!(
            "(//*[@role='radiogroup']//label[.//*[normalize-space(.)={at}]])[1]"
        ))
        .await;
    }

    /// The field of this name: by its own label, or by the words beside it.
    pub(crate) async fn field(&self, name: &str) -> Element {
        let name = quoted(name);
        let xpath = format!(
            "//*[self::input or self::textarea][not(@type='radio')][@aria-label={name} or starts-with(@aria-label, concat({name}, '（')) or @id=//label[normalize-space(.)={name}]/@for]"
        );
        self.element(&xpath).await
    }

    /// Types into a field, in place of what stands in it.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        let start = Instant::now();
        loop {
            let field = self.field(name).await;
            let done: Result<(), CmdError> = async {
                field.clear().await?;
                field.send_keys(text).await
            }
            .await;
            // A form that was just redrawn has new fields.
            match done {
                Ok(()) => return,
                Err(error) => assert!(start.elapsed() < PATIENCE, "{name} cannot be filled: {error}"),
            }
        }
    }

    /// Keys with the focus where it is.
    pub(crate) async fn press_keys(&self, keys: &str) {
        let start = Instant::now();
        loop {
            let active = self.client.active_element().await.unwrap();
            match active.send_keys(keys).await {
                // What has just closed holds the focus until the page is drawn again, and the driver gives it no key.
                Err(CmdError::Standard(refused))
                    if matches!(
                        refused.error,
                        ErrorStatus::ElementNotInteractable | ErrorStatus::StaleElementReference
                    ) =>
                {
                    assert!(start.elapsed() < PATIENCE, "no key can be pressed: {refused}");
                }
                // The window may be gone before it can answer.
                _ => return,
            }
        }
    }

    /// Strikes one key of the keyboard, whatever has the focus.
    pub(crate) async fn strike(&self, key: impl Into<char>) {
        let value = key.into();
        let stroke = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        // The window may be gone before it can answer.
        let _ = self.client.perform_actions(stroke).await;
    }

    /// Strikes one key while Ctrl is held down.
    pub(crate) async fn strike_with_control(&self, key: impl Into<char>) {
        let (control, value) = (char::from(Key::Control), key.into());
        let stroke = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: control })
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value })
            .then(KeyAction::Up { value: control });
        let _ = self.client.perform_actions(stroke).await;
    }

    /// Goes to a screen by the navigation; where that is folded away, by its menu.
    pub(crate) async fn visit(&self, screen: &str) {
        let name = quoted(screen);
        let menu = self.element("//nav//button[@aria-controls]").await;
        if menu.is_displayed().await.unwrap()
            && menu.attr("aria-expanded").await.unwrap().as_deref() == Some("false")
        {
            menu.click().await.unwrap();
        }
        self.click(&format!("//nav//button[normalize-space(.)={name}]"))
            .await;
        let there = format!("//nav//button[normalize-space(.)={name}][@aria-current='page']");
        let present = self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::XPath(&there))
            .await;
        assert!(present.is_ok(), "the screen {screen} does not open");
    }

    /// Waits until the page says this.
    pub(crate) async fn says(&self, words: &str) {
        self.until(&format!("the page says {words}"), |text| text.contains(words))
            .await;
    }

    /// Waits until the page does not say this any more.
    pub(crate) async fn says_no_more(&self, words: &str) {
        self.until(&format!("the page says no more {words}"), |text| {
            !text.contains(words)
        })
        .await;
    }

    /// Waits until the page says one of these.
    pub(crate) async fn says_one_of(&self, words: &[&str]) {
        self.until(&format!("the page says one of {words:?}"), |text| {
            words.iter().any(|word| text.contains(word))
        })
        .await;
    }

    /// Gives something the keyboard.
    pub(crate) async fn focus(&self, xpath: &str) {
        let element = serde_json::to_value(self.element(xpath).await).unwrap();
        self.client
            .execute("arguments[0].focus()", vec![element])
            .await
            .unwrap();
    }

    /// Clicks what no name is enough for.
    pub(crate) async fn click_on(&self, xpath: &str) {
        self.click(xpath).await;
    }

    /// Waits until a section with this heading says these words.
    pub(crate) async fn section_says(&self, heading: &str, words: &str) {
        let heading = quoted(heading);
        let xpath = format!("//section[.//h2[normalize-space(.)={heading}]]");
        let start = Instant::now();
        loop {
            let text = match self.client.find(Locator::XPath(&xpath)).await {
                Ok(section) => section.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if spaceless(&text).contains(&spaceless(words)) {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "section {heading} does not say {words}, but: {text}\nthe page says: {}",
                self.text().await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// All that can be read on the page, fields included.
    pub(crate) async fn text(&self) -> String {
        let script = "return document.body.innerText + '\\n' + \
             [...document.querySelectorAll('input,textarea')].map((field) => field.value).join('\\n')";
        match self.client.execute(script, Vec::new()).await {
            Ok(Value::String(text)) => text,
            _ => String::new(),
        }
    }

    /// The screens that the navigation offers.
    pub(crate) async fn screens(&self) -> Vec<String> {
        let script =
            "return [...document.querySelectorAll('nav .place')].map((place) => place.textContent.trim())";
        serde_json::from_value(self.evaluate(script).await).unwrap()
    }

    /// A number out of the page's own measure, for what cannot be read.
    pub(crate) async fn evaluate(&self, script: &str) -> Value {
        self.answer(&format!(
            "arguments[arguments.length - 1]((() => {{ {script} }})());"
        ))
        .await
    }

    /// What a script hands to its last argument. The driver loses an answer where the page is put in another's place
    /// meanwhile; then the new page is asked.
    async fn answer(&self, script: &str) -> Value {
        let start = Instant::now();
        loop {
            let error = match self.client.execute_async(script, Vec::new()).await {
                Ok(answer) => return answer,
                Err(error) => error,
            };
            assert!(start.elapsed() < PATIENCE, "no answer: {error}: {script}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// All elements that a CSS selector names.
    pub(crate) async fn all(&self, css: &str) -> Vec<Element> {
        self.client.find_all(Locator::Css(css)).await.unwrap()
    }

    /// The answer to a command of the driver that its library has no call for.
    pub(crate) async fn issue(&self, command: impl WebDriverCompatibleCommand + Send + 'static) -> Value {
        self.client.issue_cmd(command).await.unwrap()
    }

    /// As [`Page::evaluate`], for a script that answers by its last argument.
    pub(crate) async fn evaluate_later(&self, script: &str) -> Value {
        self.answer(script).await
    }

    /// Waits until everything is drawn: pictures loaded, transitions over, nothing announced as being worked on.
    pub(crate) async fn settled(&self) {
        let script = "const done = arguments[arguments.length - 1];
            const drawn = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
            const busy = () => [...document.querySelectorAll('main .paper')]
                .some((paper) => !paper.querySelector('img')?.complete);
            (async () => {
                do await drawn(); while (busy());
                await Promise.allSettled(document.getAnimations().map((each) => each.finished));
                await drawn();
                done(null);
            })();";
        self.answer(script).await;
    }

    /// Waits until there is no page any more.
    pub(crate) async fn is_gone(&self) {
        let start = Instant::now();
        while self.client.execute("return 1", Vec::new()).await.is_ok() {
            assert!(start.elapsed() < PATIENCE, "the window stays open");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub(crate) async fn picture(&self, path: &Path) {
        std::fs::write(path, self.client.screenshot().await.unwrap()).unwrap();
    }

    async fn until(&self, what: &str, holds: impl Fn(&str) -> bool) {
        let start = Instant::now();
        loop {
            let text = self.text().await;
            if holds(&text) {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "waited in vain: {what}\nit says: {text}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn element(&self, xpath: &str) -> Element {
        match self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::XPath(xpath))
            .await
        {
            Ok(element) => element,
            Err(error) => panic!("{error}: {xpath}\nthe page says: {}", self.text().await),
        }
    }

    /// Clicks as soon as it can be clicked: what moves or is covered for a moment is tried again.
    async fn click(&self, xpath: &str) {
        let start = Instant::now();
        loop {
            let element = self.element(xpath).await;
            // The driver does not scroll what scrolls by itself, such as a long menu; and it presses where the element was
            // when it asked, so that must stand still.
            let place = serde_json::to_value(&element).unwrap();
            let still = "const [element, done] = arguments;
                element.scrollIntoView({ block: 'nearest' });
                const where = () => { const { x, y } = element.getBoundingClientRect(); return `${x} ${y}`; };
                const look = (before) => requestAnimationFrame(() => requestAnimationFrame(() => {
                    const now = where();
                    now === before ? done(null) : look(now);
                }));
                look(where());";
            let _ = self.client.execute_async(still, vec![place]).await;
            let error = match element.click().await {
                Ok(()) => return,
                Err(error) => error,
            };
            assert!(start.elapsed() < PATIENCE, "cannot be clicked: {error}: {xpath}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

fn spaceless(text: &str) -> String {
    text.split_whitespace().collect()
}
