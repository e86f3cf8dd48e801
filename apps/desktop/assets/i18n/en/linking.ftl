# Linking a second device: the pass, the code to compare, the end

link-another = Link another device
link-another-ask = Link another device…
link-mine = My devices
link-mine-explained = Your networks can be on a second computer of yours too.
link-this = Link this device to my other one
link-this-explained = You already use Tresse elsewhere: your networks will come here too.
close = Close

# On the device that has the networks
pass = Pass
pass-hint = Paste the text of the pass here
pass-needed = Paste a pass first, or choose a file.
pass-code = Square code of the pass
pass-text = Text of the pass
pass-file-name = tresse-pass
link-making = Preparing the pass…
link-offer-how = On the other device, open Tresse, choose “Link this device to my other one” and give it this pass: its text, or the picture of the code.
link-offer-waits = Waiting for the other device…
link-offer-expires = This pass serves once, until { $time }. It is not enough by itself: you will then compare a code on both screens.

# On the new device
link-take-how = On your other device, choose “Link another device”, in “Members” or in the settings. It prepares a pass: give it here.
link-label = Name of this device (optional)
link-label-hint = For example: laptop at home
link-label-explained = To recognise it on your other device.
link-button = Link this device
link-connecting = Tresse is looking for the other device…
link-connecting-hint = Leave Tresse open on both. They find each other on the same Wi-Fi, over a cable or over the internet.
join-was-pass = This text is a pass, not an invitation: it links this device to the one that made it. If that is what you want, go on here.
link-was-invitation = This text is an invitation, not a pass: it lets somebody into a network. If that is what you want, go on here.

# On both
link-compare-title = Compare the two screens
link-compare = Does the other device show the same code?
link-compare-return = Ask { $name }, by voice, which code their device shows. Is it this one?
link-compare-helper = Ask the person who gave you the pass, by voice, which code they see. Is it this one?
link-code = Code: { $digits }
link-becomes = This device will be { $owner } too.
link-other-called = The other device is called “{ $label }”.
link-other-waits = Nothing is confirmed on the other device yet.
link-other-confirmed = It is already confirmed on the other device.
link-compare-why = Different codes mean that somebody may be passing for one of your devices: stop, and nothing will be linked.
link-same = The codes are the same
link-differs = No, stop
link-waits = Noted here. Now confirm on the other device, if it does show this code.
link-pending-title = More consents are needed
link-pending =
    { $count ->
        [one] { $count } consent given to the return, of { $need } needed.
       *[other] { $count } consents given to the return, of { $need } needed.
    }
link-pending-here = Members consent in “Members”. As soon as there are enough, this device will go on by itself.
link-pending-there = Members consent in “Members”. As soon as there are enough, the rest will happen by itself.
link-take-up = See
link-give-up = Give up
link-done-title = Done
link-done = The other device is now one of yours.
link-done-named = “{ $label }” is now one of your devices.
link-done-keep-open = Leave Tresse open here while your networks are copied to it.
link-done-return = { $name } is back in the network.
link-done-here = This device is linked. Your networks are here:
link-done-return-here = You are a member again, under your name:
link-arriving = The rest is on its way…
link-open-networks = Open my networks
link-failed-title = The devices are not linked
link-failed-nothing = Nothing is lost: you can start again whenever you like.

# A pass that cannot be read
pass-error-ticket-damaged = This pass is damaged: a letter probably changed on the way. Copy it again in full, or use the picture of the code.
pass-error-ticket-expired = This pass is no longer valid. Make a new one on your other device.
pass-error-ticket-newer-version = This pass comes from a newer version of Tresse. Update Tresse here, then try again.
pass-error-ticket-not-a-ticket = This text is not a Tresse pass. Check that you copied the right text.
pass-error-ticket-truncated = The end of this pass is missing. Copy the whole of it.
