# The window: rail, tabs, status line, settings, help, messages

app-name = Tresse
window-title = Tresse
opening = Opening…
visitor-name = Camille Visitor
my-networks = My networks
untitled = Untitled
title-too-long = A title has at most { $max } characters, this one has { $count }: shorten it, and write the rest in the text.
somebody = Somebody
changed-by = changed by { $name }, { $when }
close-message = Close this message
cancel = Cancel
done-button = Done
copied = Copied: you can paste the text wherever you like.
file-saved = Saved in “{ $name }”.
file-not-saved = The file could not be written: { $reason }
removed = In the bin: “{ $what }”
bring-back = Bring back
drop-here = Drop the file anywhere on this window: work brought on a USB stick, an invitation, a pass, or a Markdown text, which will become a page.
nothing-to-undo = Nothing to undo in this network.
undone-invitation = The invitation you had just made is closed: nobody else will come in by it. To invite again, make another one.
nothing-to-redo = Nothing to redo in this network.
joined = You are now part of “{ $name }”.

tab-home = Home
tab-charter = Charter
tab-plan = Action plan
tab-plan-short = Plan
tab-meetings = Meetings
tab-library = Library
tab-members = Members

# What one can ask of the window
command-undo = Undo my last change
command-redo = Redo
command-new = Add (action, meeting, decision, page, invitation)
command-find = Search
command-preview = Show or hide the preview
command-go = Go to: { $tab }
command-next-network = Next network
command-previous-network = Previous network
command-add-network = Create or join
command-invite = Invite somebody
command-settings = Settings
command-help = Help
command-larger = Larger text
command-smaller = Smaller text
with-keys = { $name } ({ $keys })
key-ctrl = Ctrl
key-shift = Shift
key-page-up = Page Up
key-page-down = Page Down

# The rail
rail-alone = nobody else online
rail-only-copy = on this device only
rail-connected =
    { $count ->
        [one] { $count } device connected
       *[other] { $count } devices connected
    }
rail-waiting =
    { $count ->
        [one] { $count } waiting
       *[other] { $count } waiting
    }

# The status line
status-saved = Saved
status-saving = Saving…
status-waiting =
    { $count ->
        [one] { $count } change waiting for another device
       *[other] { $count } changes waiting for another device
    }
status-only-copy = Only copy: this device
status-in-step =
    { $count ->
        [0] catching up…
        [one] in step with { $count } device
       *[other] in step with { $count } devices
    }
status-coming = receiving: { $done } documents of { $all }
status-offline = Offline
status-alone = Nobody else right now
status-here = Here: { $names }
status-and-more =
    { $count ->
        [one] { $names } and { $count } more
       *[other] { $names } and { $count } more
    }
who-is-here = Who is here
peer-in-step = in step
peer-newer = newer version of Tresse
peer-older = older version of Tresse
peer-relayed = through a relay
peer-catching-up = catching up
here-too = Also here: { $names }
here-writes = { $name } is writing here
here-at = in “{ $title }”
peer-through-others = by way of other members

# Settings
settings = Settings
settings-theme = Appearance
settings-text-size = Text size
settings-percent = { $percent } %
settings-internet = Use the internet when possible
settings-internet-explained = Without it, Tresse only talks to devices on the same local network.
settings-relay = Relay
settings-relay-hint = https://relay.example.org
settings-relay-explained = A relay passes on what two devices far apart send each other, encrypted: it can read none of it. Leave empty for the public relays.
settings-presence = Show where I am
settings-presence-explained = Connected members see that Tresse is open here, which document you look at and where you write in it, and you see the same of them. None of it is kept.
settings-relay-here = Can be reached over the internet, through the relay { $relay }.
settings-relay-away = No relay reached for now. On the local network nothing changes.
settings-device = This device
settings-device-id = Identifier: { $id }
protection = Protection of your data
protection-both = A passphrase protects them; on this computer the keyring opens them with your session.
protection-passphrase = A passphrase protects them. It is asked each time Tresse opens.
protection-keyring = This computer’s keyring protects them: they open with your session.
protection-none = No passphrase: whoever uses this computer or finds its disk can read them.
protection-changed = Done. Backups made before open as they did.
passphrase-title = Passphrase
passphrase-explained = Several unrelated words are easy to remember and hard to guess. Nobody can find this passphrase again for you.
passphrase-choose = Choose a passphrase
passphrase-change = Change or remove the passphrase
passphrase-current = Current passphrase
passphrase-new = New passphrase
passphrase-keyring = Do not ask for it on this computer (keyring)
passphrase-save = Save
passphrase-saving = One moment…
passphrase-remove = Remove it
passphrase-remove-keyring = If you remove it, this computer’s keyring protects your data.
passphrase-remove-none = If you remove it, whoever uses this computer or finds its disk can read your data.
theme-system = As the system
theme-light = Light
theme-dark = Dark

# Help
help-title = Keyboard shortcuts
help-explained = Tab moves to the next item, Enter or Space activates it, Escape closes.

# Choosing files
pick-import = Choose a file or a picture
pick-import-files = Tresse files, texts and pictures
pick-page = Choose a text to import
pick-page-files = Markdown texts
pick-all-files = All files

# What the engine tells
notice-join-refused = The invitation was not accepted. { $reason }
notice-member-joined = { $name } has just joined the network with an invitation.
notice-peer-newer = { $name } uses a newer version of Tresse. What both versions know goes on being shared; update yours when you can.
notice-peer-older = { $name } uses an older version of Tresse. What both versions know goes on being shared.
notice-not-saved = Your latest changes are not saved yet. { $reason } Tresse keeps trying while this window is open.
notice-saving-works-again = Saving works again: everything is safe.
notice-other = From Tresse: { $code }
