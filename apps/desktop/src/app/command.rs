//! What a person can ask of the window itself: one table that buttons, shortcuts and the help page share.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::place::Tab;
use crate::{i18n::I18n, tr};

/// One request to the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UiCommand {
    /// Takes back my last edit in this network.
    Undo,
    /// Does it again.
    Redo,
    /// Adds what this view is a list of (an action, a page…).
    New,
    /// Goes to this view's search field.
    Find,
    /// Shows or hides the preview beside the text.
    Preview,
    /// Shows a view of this network.
    Go(Tab),
    /// Shows the next network.
    NextNetwork,
    /// Shows the network before.
    PreviousNetwork,
    /// Creates a network, joins one or opens the demo.
    AddNetwork,
    /// Invites somebody.
    Invite,
    /// Makes a file with this network's work for a USB stick.
    Export,
    /// Exports this network for other programs.
    ExportFiles,
    /// Saves everything in one file.
    Backup,
    /// Takes a file in that was brought.
    Import,
    /// Reaches anything by a few letters of its name.
    Palette,
    /// Shows what moved since I was last told.
    Digest,
    /// Opens the settings.
    Settings,
    /// Opens the list of shortcuts.
    Help,
    /// Makes text larger.
    Larger,
    /// Makes text smaller.
    Smaller,
}

impl UiCommand {
    /// Every command, in the order of the help page.
    pub const ALL: [Self; 29] = [
        Self::Palette,
        Self::Undo,
        Self::Redo,
        Self::New,
        Self::Find,
        Self::Preview,
        Self::Go(Tab::Home),
        Self::Go(Tab::Charter),
        Self::Go(Tab::Plan),
        Self::Go(Tab::Decisions),
        Self::Go(Tab::Library),
        Self::Go(Tab::Watch),
        Self::Go(Tab::Resources),
        Self::Go(Tab::Members),
        Self::Go(Tab::Meetings),
        Self::Go(Tab::Evaluation),
        Self::NextNetwork,
        Self::PreviousNetwork,
        Self::AddNetwork,
        Self::Invite,
        Self::Export,
        Self::ExportFiles,
        Self::Backup,
        Self::Import,
        Self::Digest,
        Self::Settings,
        Self::Help,
        Self::Larger,
        Self::Smaller,
    ];

    /// Its name, in words.
    pub fn name(self, words: &I18n) -> String {
        match self {
            Self::Undo => tr!(words, "command-undo"),
            Self::Redo => tr!(words, "command-redo"),
            Self::New => tr!(words, "command-new"),
            Self::Find => tr!(words, "command-find"),
            Self::Preview => tr!(words, "command-preview"),
            Self::Go(tab) => {
                let name = tab.name(words);
                tr!(words, "command-go", tab = name)
            }
            Self::NextNetwork => tr!(words, "command-next-network"),
            Self::PreviousNetwork => tr!(words, "command-previous-network"),
            Self::AddNetwork => tr!(words, "command-add-network"),
            Self::Invite => tr!(words, "command-invite"),
            Self::Export => tr!(words, "command-export"),
            Self::ExportFiles => tr!(words, "command-export-files"),
            Self::Backup => tr!(words, "command-backup"),
            Self::Import => tr!(words, "command-import"),
            Self::Palette => tr!(words, "command-palette"),
            Self::Digest => tr!(words, "digest"),
            Self::Settings => tr!(words, "command-settings"),
            Self::Help => tr!(words, "command-help"),
            Self::Larger => tr!(words, "command-larger"),
            Self::Smaller => tr!(words, "command-smaller"),
        }
    }

    /// Whether what is shown stays as it is.
    pub const fn stays_here(self) -> bool {
        matches!(self, Self::Undo | Self::Redo | Self::Larger | Self::Smaller)
    }

    /// Whether it means something only where a network is shown.
    pub const fn about_a_network(self) -> bool {
        matches!(
            self,
            Self::Undo
                | Self::Redo
                | Self::New
                | Self::Find
                | Self::Preview
                | Self::Go(_)
                | Self::Invite
                | Self::Export
                | Self::ExportFiles
        )
    }

    /// The keys that ask for it, in words.
    pub fn keys_text(self, words: &I18n) -> String {
        let Some(keys) = self.shortcuts().first() else {
            return String::new();
        };
        let mut text = String::new();
        if keys.modifiers.command || keys.modifiers.ctrl {
            text.push_str(&tr!(words, "key-ctrl"));
            text.push_str(" + ");
        }
        if keys.modifiers.shift {
            text.push_str(&tr!(words, "key-shift"));
            text.push_str(" + ");
        }
        match keys.logical_key {
            Key::PageDown => text.push_str(&tr!(words, "key-page-down")),
            Key::PageUp => text.push_str(&tr!(words, "key-page-up")),
            key => text.push_str(key.symbol_or_name()),
        }
        text
    }

    /// The keys that ask for it; the first is the one that is shown.
    pub const fn shortcuts(self) -> &'static [KeyboardShortcut] {
        const fn ctrl(key: Key) -> KeyboardShortcut {
            KeyboardShortcut::new(Modifiers::COMMAND, key)
        }
        const fn ctrl_shift(key: Key) -> KeyboardShortcut {
            KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
        }
        match self {
            Self::Undo => &[const { ctrl(Key::Z) }],
            Self::Redo => &[const { ctrl_shift(Key::Z) }, const { ctrl(Key::Y) }],
            Self::New => &[const { ctrl(Key::N) }],
            Self::Find => &[const { ctrl(Key::F) }],
            Self::Preview => &[const { ctrl(Key::E) }],
            Self::Go(Tab::Home) => &[const { ctrl(Key::Num1) }],
            Self::Go(Tab::Charter) => &[const { ctrl(Key::Num2) }],
            Self::Go(Tab::Plan) => &[const { ctrl(Key::Num3) }],
            // On French keyboards the key of 4 gives an apostrophe.
            Self::Go(Tab::Library) => &[const { ctrl(Key::Num4) }, const { ctrl(Key::Quote) }],
            Self::Go(Tab::Members) => &[const { ctrl(Key::Num5) }],
            // After those that were there before them, so that nobody's fingers have to learn anew.
            Self::Go(Tab::Meetings) => &[const { ctrl(Key::Num6) }],
            Self::Go(Tab::Decisions) => &[const { ctrl(Key::Num7) }],
            Self::Go(Tab::Evaluation) => &[const { ctrl(Key::Num8) }],
            Self::Go(Tab::Watch) => &[const { ctrl(Key::Num9) }],
            Self::Go(Tab::Resources) => &[const { ctrl(Key::Num0) }],
            Self::NextNetwork => &[const { ctrl(Key::PageDown) }],
            Self::PreviousNetwork => &[const { ctrl(Key::PageUp) }],
            Self::AddNetwork => &[const { ctrl_shift(Key::N) }],
            Self::Invite => &[const { ctrl_shift(Key::I) }],
            Self::Export => &[const { ctrl_shift(Key::E) }],
            Self::ExportFiles => &[const { ctrl_shift(Key::F) }],
            Self::Backup => &[const { ctrl_shift(Key::S) }],
            Self::Import => &[const { ctrl(Key::O) }],
            Self::Palette => &[const { ctrl(Key::K) }],
            Self::Digest => &[const { ctrl_shift(Key::D) }],
            Self::Settings => &[const { ctrl(Key::Comma) }],
            Self::Help => &[const { KeyboardShortcut::new(Modifiers::NONE, Key::F1) }],
            Self::Larger => &[const { ctrl(Key::Plus) }, const { ctrl(Key::Equals) }],
            Self::Smaller => &[const { ctrl(Key::Minus) }],
        }
    }

    /// The command whose shortcut was pressed in this pass, if any; the keys are used up.
    /// Undo and redo are left to what has the keyboard, where it takes them for itself.
    pub fn pressed(ctx: &egui::Context, undoes_itself: bool) -> Option<Self> {
        // Shift is part of some shortcuts and ignored by the plainer ones: the fuller come first.
        let mut table: Vec<_> = Self::ALL
            .into_iter()
            .filter(|command| !(undoes_itself && matches!(command, Self::Undo | Self::Redo)))
            .flat_map(|command| command.shortcuts().iter().map(move |keys| (command, keys)))
            .collect();
        table.sort_by_key(|(_, keys)| !keys.modifiers.shift);
        ctx.input_mut(|input| {
            table
                .into_iter()
                .find(|(_, keys)| input.consume_shortcut(keys))
                .map(|(command, _)| command)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use std::collections::HashSet;

    #[test]
    fn no_two_commands_share_keys_or_a_name() {
        let mut keys = HashSet::new();
        let mut names = HashSet::new();
        let words = I18n::new(Lang::Fr);
        for command in UiCommand::ALL {
            assert!(names.insert(command.name(&words)), "{command:?}");
            for shortcut in command.shortcuts() {
                assert!(
                    keys.insert(format!("{shortcut:?}")),
                    "{command:?} {shortcut:?}"
                );
            }
        }
    }
}
