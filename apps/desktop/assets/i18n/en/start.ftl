# First start; create, join, discover

app-promise = Your network’s memory, with each of its members.
welcome = Welcome
welcome-explained = Two questions and you are ready. You can change your answers later.
welcome-privacy = Nothing leaves this device until you create or join a network. There is no account and no server.
welcome-linked = Tresse on another device already? Begin here, and link the two afterwards.
your-name = Your name
your-name-hint = First and last name, as others know you
your-name-needed = Give your name first.
your-language = Language
begin = Begin

# What protects the data on this device
passphrase = Passphrase
passphrase-optional = Passphrase (optional)
passphrase-show = Show the passphrase
protection-new-passphrase = It will be asked each time Tresse opens. Nobody can find it again for you: keep it somewhere safe.
protection-new-keyring = Without one, this computer’s keyring protects your data: they open with your session.
protection-new-none = Without one, whoever uses this computer or finds its disk can read your data.
locked-title = Your data are locked
locked-open = Open

hello-name = Hello { $name }
add-title = One more network
add-explained = A network brings together people from several organisations who cooperate. Where to begin?
add-create = Create a network
add-create-explained = Give it a name, then invite the other members.
add-join = Join a network
add-join-explained = You were given an invitation: a text, a file or the picture of a code.
add-demo = Look around an example
add-demo-explained = An imaginary network of a dozen members, to explore and change without fear; and a smaller one that has closed.
demo-making = Preparing the example…
back = Back

create-title = Create a network
create-explained = A name is enough to begin. All the rest can come later, together.
network-name = Name of the network
network-name-hint = For example: Two Valleys Reading Network
network-name-needed = Give the network a name first.
create-kind = What is it for?
create-kind-explained = Tick what fits, or nothing: this choice forbids nothing and may change.
kind-produce = Making and acting together
kind-produce-explained = Create tools, do what nobody would do alone.
kind-defend = Defending a common interest
kind-defend-explained = Have a voice, get a trade or a sector recognised.
kind-share-practice = Sharing ways of working
kind-share-practice-explained = Exchange know-how and keep what works.
kind-pool-means = Pooling means
kind-pool-means-explained = Share rooms, equipment, costs, an image.
kind-mutual-learning = Learning from each other
kind-mutual-learning-explained = Train one another, build a common culture.
create-button = Create the network

join-title = Join a network
join-explained = An invitation looks like a long run of letters. Paste it here, or give the file or the photo of the square code that you received.
join-ticket = Invitation
join-ticket-hint = Paste the text of the invitation here
join-ticket-needed = Paste an invitation first, or choose a file.
join-file = Choose a file or a picture…
join-drop = or drop it anywhere on this window
join-button = Join
join-reaching = Tresse is looking for a member who can be reached. As soon as one is connected you are in; you can go on using Tresse meanwhile.
join-admitted = A member let you in. The documents are coming…
join-arrived = Done: the network is on this device.
join-open = Open the network

ticket-file-unreadable = This file cannot be read. Check that it still exists and is not open elsewhere.
ticket-file-too-large = This file is too large: choose a text, or the picture of a square code.
ticket-file-unknown = This file is neither a text nor a readable picture. It takes a text, or the picture of a square code.
ticket-picture-no-code = No code could be read in this picture. Try a sharper photo, taken straight on, or paste the text instead.

failed-title = Tresse cannot open your data
failed-folder = Folder: { $folder }
failed-details = Technical details
try-again = Try again
leave = Quit

welcome-restore = Put a backup back…
locked-backup-title = This backup opens with a passphrase
