# Putting all that is on this device somewhere safe

command-backup = Back everything up…
backup = Backup
backup-why = One file keeps all your networks as they are on this device. If the computer is lost, everything comes back with it.
backup-title = Somewhere safe
backup-explained = All your networks, with the attached files that are on this device, in one file. Keep it elsewhere than on this computer: on a USB stick, or another disk.
backup-by-mine = To open it, your passphrase will be needed, as it is today.
backup-by-its-own = This computer’s keyring would not open it anywhere else: choose a passphrase for the backup. Nobody can find it again for you.
backup-as-is-chosen = Your data opens here without a passphrase. Give the backup one: without it, whoever finds it can read everything in it.
backup-passphrase = Passphrase of the backup
backup-passphrase-again = The same, once more
backup-passphrase-differs = The two are not the same yet.
backup-choose = Choose where to save it…
backup-file = Tresse backup { $date }
backup-documents =
    { $count ->
        [one] Copying all that is written: { $count } document…
       *[other] Copying all that is written: { $count } documents…
    }
backup-files = Copying attached files: { $done } of { $all }
backup-busy = A backup is under way already. Wait until it is done, or stop it.
backup-done = Everything is safe: { $size }.
backup-elsewhere = Keep this file elsewhere than on this computer.
backup-opens-by-passphrase = It opens only with the passphrase.
backup-opens-for-anybody = It opens without a passphrase: whoever finds it can read everything in it.
backup-not-here =
    { $count ->
        [one] { $count } attached file is not in it, for want of being on this device: { $names }
       *[other] { $count } attached files are not in it, for want of being on this device: { $names }
    }
backup-damaged =
    { $count ->
        [one] { $count } attached file is not in it, since it is damaged here: { $names }
       *[other] { $count } attached files are not in it, since they are damaged here: { $names }
    }
backup-too-much =
    { $count ->
        [one] { $count } attached file is not in it, since there are too many: { $names }
       *[other] { $count } attached files are not in it, since there are too many: { $names }
    }

restore-pick = Choose a backup
restore-pick-files = Tresse backups
restore-title = Putting the backup back in place
restore-bytes = { $done } of { $all }
restore-stopping = If you stop, nothing is kept, and the backup stays whole.
restore-lost =
    { $count ->
        [one] { $count } attached file could not be taken from the backup. It comes again from whoever still has it.
       *[other] { $count } attached files could not be taken from the backup. They come again from whoever still has them.
    }
restore-no-backup = This file is not a Tresse backup. Check that you took the right one.
restore-damaged = This backup is damaged or not whole: nothing was taken from it. Take another copy of it.
