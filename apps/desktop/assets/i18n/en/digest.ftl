# The digest: what moved, at my own rhythm
digest = Digest
digest-nav = Digest ({ $count })
digest-nothing = Nothing new to tell you for now.
digest-read = I have read it
digest-read-explained = The digest comes back at its time, with what will be new then. Nothing is marked as seen.
digest-rhythm = Choose the rhythm…
digest-rhythm-title = At what rhythm
digest-rhythm-explained = The digest tells what others changed and you have not seen yet, and never interrupts you. These choices are this device’s.
digest-often = When
digest-at = From
digest-quiet = Quiet hours, without a digest
digest-quiet-from = From
digest-quiet-to = To
digest-as-others = Like the others
digest-topics = Tell me about:
digest-topic = Tell me about: { $topic }
digest-at-once = As it comes
digest-daily = Once a day
digest-weekly = On Mondays
digest-never = Never
digest-usual-at-once = You get it as things come in, every ten minutes at most.
digest-usual-daily = You get it once a day, from { $at }.
digest-usual-weekly = You get it on Mondays, from { $at }.
digest-usual-never = You chose not to get it.
arrived = { $names } work came in: { $what }
arrived-line = { $name }: { $what }
arrived-line-people = { $name }: { $what } ({ $people })
arrived-two = { $one } and { $other }
arrived-documents =
    { $count ->
        [one] { $count } document
       *[other] { $count } documents
    }
arrived-people =
    { $count ->
        [one] { $count } new member
       *[other] { $count } new members
    }
arrived-conflicts =
    { $count ->
        [one] { $count } field with several values
       *[other] { $count } fields with several values
    }
arrived-networks =
    { $count ->
        [one] { $count } network
       *[other] { $count } networks
    }
settings-notify = Let the system notify me when a digest is ready
settings-notify-explained = It says how much moved, never what.
digest-notification = { $documents ->
    [one] { $documents } thing moved
   *[other] { $documents } things moved
} { $networks ->
    [one] in one network.
   *[other] in { $networks } networks.
}
