# Finding each other: by an address, and on local networks

reach-title = Meet by an address
reach-open = Meet by an address…
reach-explained = Two devices on the same local network find each other by themselves. Where the room does not allow it (guest Wi-Fi, firewall), give the address of one to the other: all others find each other through them.
reach-mine = The address of this device
reach-mine-explained = It only says where the device is: it lets nobody in. Type it, photograph it or paste it on the other device:
reach-mine-none = This device is on no network: choose the room’s Wi-Fi, or plug in a cable.
reach-code = Square code of this device’s address
reach-file-name = tresse-address
reach-other = Another device
reach-field = Address of the other device
reach-field-hint = 192.168.1.20:54321, or the text copied there
reach-needed = Type or paste an address first.
reach-button = Find that device
reach-file = Choose a file or a photo…
reach-reaching = Tresse is looking for that device…
reach-answered = { $name } answered: your two devices are linked, and those that the other one knows will be as well.
reach-answered-alone = { $name } answered: your two devices are linked. The other one has a version of Tresse that does not say where others are: to find them, give the address of one of them too.
reach-goes-on = Tresse tries again now and then, for as long as this window is open.

# Settings: finding each other on local networks
settings-lan = Find each other on the local network
settings-lan-explained = This device announces its identifier to the machines of the same network, neither your name nor your networks. Without it, an address or the internet is needed.
settings-lan-announced =
    { $count ->
        [one] Announced on { $count } network.
       *[other] Announced on { $count } networks.
    }
settings-lan-nowhere = No local network for now.
