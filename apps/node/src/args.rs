//! The command line, as clap reads it. `docs/cli.md` and this file say the same.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Parser, Subcommand, ValueEnum};
use tresse_engine::{
    Format,
    model::{DeviceId, DocId, DocKind, ItemId, MemberId},
};

/// Tresse without a window: the same engine, for scripts and always-on peers.
#[derive(Debug, Parser)]
#[command(name = "tresse-node", version, about, propagate_version = true)]
pub(crate) struct Args {
    /// The profile's folder; without it, the platform's data folder.
    #[arg(long, global = true, value_name = "DIR", env = "TRESSE_PROFILE")]
    pub(crate) profile: Option<PathBuf>,
    /// A file that holds the profile's passphrase (the variable TRESSE_PASSPHRASE may hold it instead).
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Every result is one JSON object a line on standard output.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Logs are one JSON object a line on standard error.
    #[arg(long, global = true)]
    pub(crate) json_log: bool,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Makes a profile: protected by the passphrase if one is given, else open to whoever can read its files.
    Init {
        /// Your name, as the other members will see it.
        #[arg(long)]
        name: String,
        /// Your language.
        #[arg(long, default_value = "fr", value_parser = ["fr", "en"])]
        lang: String,
        /// Keep the profile's key in the system's keyring (beside the passphrase, if one is given).
        #[arg(long)]
        keyring: bool,
    },
    /// Shows or changes what the profile is protected by.
    #[command(subcommand)]
    Passphrase(PassphraseVerb),
    /// Says who this profile is.
    Whoami,
    /// Adds the demo network.
    Demo {
        /// The demo's language; without it, the profile's.
        #[arg(long, value_parser = ["fr", "en"])]
        lang: Option<String>,
    },
    /// Creates or lists networks.
    #[command(subcommand)]
    Network(NetworkVerb),
    /// Makes an invitation and prints its ticket; lists invitations and closes them.
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Invite {
        #[command(flatten)]
        new: NewInvitation,
        #[command(subcommand)]
        verb: Option<InviteVerb>,
    },
    /// Joins a network; returns when admitted and the documents have arrived.
    Join {
        /// The ticket's text.
        #[arg(required_unless_present = "file")]
        ticket: Option<String>,
        /// A file that holds the ticket's text.
        #[arg(long, value_name = "FILE.tresse", conflicts_with = "ticket")]
        file: Option<PathBuf>,
        /// How long to try, in seconds.
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(..=31_536_000))]
        timeout: u64,
        #[command(flatten)]
        reach: Reach,
    },
    /// Links, lists and revokes your own machines.
    #[command(subcommand)]
    Device(DeviceVerb),
    /// Acts on other members.
    #[command(subcommand)]
    Member(MemberVerb),
    /// Stays on as a peer until SIGTERM or SIGINT.
    Serve {
        #[command(flatten)]
        reach: Reach,
        /// Listen at exactly this address.
        #[arg(long, value_name = "ADDR:PORT")]
        listen: Option<SocketAddr>,
        /// Answer with figures (OpenMetrics text, over HTTP) at this address of this machine itself, such as 127.0.0.1:9464.
        #[arg(long, value_name = "ADDR:PORT", value_parser = loopback)]
        metrics: Option<SocketAddr>,
    },
    /// Meets the members it can reach; done once in step with at least one.
    Sync {
        /// How long to try, in seconds.
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(..=31_536_000))]
        timeout: u64,
        #[command(flatten)]
        reach: Reach,
        /// A device to reach at a known address.
        #[arg(long, value_name = "DEVICE@ADDR", value_parser = peer)]
        peer: Vec<(DeviceId, SocketAddr)>,
    },
    /// Prints where this machine is, for somebody who shares a network with it and does not find it by themselves. It lets nobody in.
    Address {
        /// Draws it as a QR code into this PNG file.
        #[arg(long, value_name = "FILE.png")]
        qr: Option<PathBuf>,
    },
    /// Meets the machine at an address, and by way of it the others; done once in step with it.
    Meet {
        /// The address that the other machine gives (`address`), its IP:PORT, or an invitation to a network that is here already.
        at: String,
        /// How long to try, in seconds.
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(..=31_536_000))]
        timeout: u64,
        #[command(flatten)]
        reach: Reach,
    },
    /// Carries out commands, one JSON object a line; one answer a line.
    Run {
        /// A file, or `-` for standard input.
        file: String,
        /// Stop at the first error.
        #[arg(long)]
        stop_on_error: bool,
    },
    /// Prints the JSON Schema of every command that `run` accepts.
    Commands,
    /// Prints a view, as the window would paint it.
    View {
        /// The network: its id, or its name.
        network: String,
        /// What to look at.
        what: What,
        /// Which page, meeting, decision or group; of the plan: in which territory, or of which scale.
        #[arg(required_if_eq("what", "page"))]
        id: Option<String>,
    },
    /// Prints who changed a document, and when.
    History {
        /// The network: its id, or its name.
        network: String,
        /// The document's id, or `network`, `charter`, `plan` or `resources`.
        doc: String,
    },
    /// Prints what differs between two states of a document: texts word by word, the plan item by item.
    Diff {
        /// The network: its id, or its name.
        network: String,
        /// The document's id, or `network`, `charter`, `plan` or `resources`.
        doc: String,
        /// The older state: a day (2026-03-12: as that day began) or a moment (2026-03-12T14:30), its heads, with commas between them (see
        /// `history`), or the name of a version of the charter. Left out: the charter's version in force; of others, nothing.
        #[arg(long, value_name = "STATE")]
        from: Option<String>,
        /// The newer state: a day (as that day ended), a moment, heads or a version. Left out: the document as it is.
        #[arg(long, value_name = "STATE")]
        to: Option<String>,
    },
    /// Prints who added an item of the plan, who changed it last, and who added each of its parts.
    Hands {
        /// The network: its id, or its name.
        network: String,
        /// The id of an orientation, an objective, an action or a working group.
        item: String,
    },
    /// Prints who wrote each line of a text: the charter's, or that of a page, a meeting or a decision.
    Lines {
        /// The network: its id, or its name.
        network: String,
        /// The page's, meeting's or decision's id, or `charter`.
        doc: String,
    },
    /// Looks for words in charters, pages, minutes, decisions, resources and the watch, of one network or of all; a line per text found, best first.
    Search {
        /// The words: all must be there, the last may go on; accents and capitals do not count.
        words: String,
        /// In this network alone: its id, or its name.
        #[arg(long)]
        network: Option<String>,
        /// Of this kind alone; may be given several times.
        #[arg(long, value_enum)]
        kind: Vec<Kind>,
        /// Last changed by somebody whose name holds this.
        #[arg(long, value_name = "NAME", default_value = "")]
        author: String,
        /// Last changed on this day (2026-03-12) or later.
        #[arg(long, value_name = "DAY")]
        since: Option<jiff::civil::Date>,
        /// Last changed on this day or earlier.
        #[arg(long, value_name = "DAY")]
        until: Option<jiff::civil::Date>,
    },
    /// Prints every document and its heads, for comparing two peers.
    Digest {
        /// The network: its id, or its name.
        network: String,
    },
    /// Sets or takes away your picture in a network.
    Photo {
        /// The network: its id, or its name.
        network: String,
        /// A JPEG or PNG file; its middle is kept, as a small square.
        #[arg(required_unless_present = "remove")]
        file: Option<PathBuf>,
        /// Take it away.
        #[arg(long, conflicts_with = "file")]
        remove: bool,
    },
    /// Makes a page of a Markdown file.
    Import {
        /// The network: its id, or its name.
        network: String,
        #[command(subcommand)]
        what: ImportWhat,
    },
    /// Files attached to pages and meetings.
    #[command(subcommand)]
    File(FileVerb),
    /// Carries a network's work by hand, in a file that nobody else can read.
    #[command(subcommand)]
    Bundle(BundleVerb),
    /// Writes a network to a folder in an open format; never overwrites.
    Export {
        /// The network: its id, or its name.
        network: String,
        /// The folder.
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// The format.
        #[arg(long, value_enum, default_value_t = ExportFormat::Markdown)]
        format: ExportFormat,
    },
    /// Proves the profile: store, hashes, heads.
    Check {
        /// Mend what can be mended without guessing.
        #[arg(long)]
        repair: bool,
    },
    /// Copies the whole profile into a new file, protected as the profile is, with the attached files that are here.
    Backup {
        /// The file.
        file: PathBuf,
        /// No more than so many MiB of attached files, the smallest first; 0 for none.
        #[arg(long, value_name = "MIB", default_value_t = 16_384)]
        files: u64,
    },
    /// Makes the profile from a backup, in a new or empty folder.
    Restore {
        /// The file.
        file: PathBuf,
    },
}

/// An invitation to make.
#[derive(Debug, clap::Args)]
pub(crate) struct NewInvitation {
    /// The network: its id, or its name.
    #[arg(required = true)]
    pub(crate) network: Option<String>,
    /// How many people may use it.
    #[arg(long, default_value_t = 1)]
    pub(crate) uses: u32,
    /// How long it stays open: 30m, 12h, 7d, 4w.
    #[arg(long, default_value = "7d", value_parser = seconds)]
    pub(crate) expires: u64,
    /// Draws the ticket as a QR code into this PNG file.
    #[arg(long, value_name = "FILE.png")]
    pub(crate) qr: Option<PathBuf>,
    /// Writes the ticket into this file.
    #[arg(long, value_name = "FILE.tresse")]
    pub(crate) save: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum InviteVerb {
    /// Lists the open invitations.
    List {
        /// The network: its id, or its name.
        network: String,
        /// Those that let nobody in any more too.
        #[arg(long)]
        all: bool,
    },
    /// Closes an invitation: nobody comes in by it any more.
    Revoke {
        /// The network: its id, or its name.
        network: String,
        /// Which: its name in the list.
        invitation: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum FileVerb {
    /// Lists the files that are attached, a line each.
    List {
        /// The network: its id, or its name.
        network: String,
    },
    /// Attaches a file to a page or a meeting: a copy is encrypted and kept.
    Add {
        /// The network: its id, or its name.
        network: String,
        /// The page's or the meeting's id.
        #[arg(value_parser = crate::filing::document)]
        document: DocId,
        /// The file.
        file: PathBuf,
    },
    /// Fetches a file from members who can be reached; goes on from what came before.
    Fetch {
        /// The network: its id, or its name.
        network: String,
        /// Which: its `attachment` in the list.
        attachment: ItemId,
        #[command(flatten)]
        meeting: Meeting,
    },
    /// Writes a file to a place, as it was when it was attached; fetches it first where it is not here. Never overwrites.
    Save {
        /// The network: its id, or its name.
        network: String,
        /// Which: its `attachment` in the list.
        attachment: ItemId,
        /// Where to.
        file: PathBuf,
        #[command(flatten)]
        meeting: Meeting,
    },
    /// Removes an attachment, or brings it back.
    Remove {
        /// The network: its id, or its name.
        network: String,
        /// Which: its `attachment` in the list.
        attachment: ItemId,
        /// Bring it back instead.
        #[arg(long)]
        restore: bool,
    },
    /// Sets, for this machine alone, which files of a network are fetched by themselves.
    Keep {
        /// The network: its id, or its name.
        network: String,
        /// Which.
        keep: Keep,
        /// No larger ones than so many MiB; left out: as it was (25 at first).
        #[arg(long, value_name = "MIB")]
        most: Option<u32>,
        /// And no more than so many MiB in all; left out: as it was (4000 at first).
        #[arg(long, value_name = "MIB")]
        total: Option<u32>,
    },
}

/// Which files are fetched by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Keep {
    /// All that are not too large.
    Always,
    /// Those asked for alone.
    OnDemand,
}

/// Whom to meet, and how long to try.
#[derive(Debug, clap::Args)]
pub(crate) struct Meeting {
    /// How long to try, in seconds.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(..=31_536_000))]
    pub(crate) timeout: u64,
    #[command(flatten)]
    pub(crate) reach: Reach,
    /// A device to reach at a known address.
    #[arg(long, value_name = "DEVICE@ADDR", value_parser = peer)]
    pub(crate) peer: Vec<(DeviceId, SocketAddr)>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BundleVerb {
    /// Makes a file with all of a network that a device is not known to have.
    Make {
        /// The network: its id, or its name.
        network: String,
        /// The file; never overwritten.
        file: PathBuf,
        /// The device that it is for; without it, everything goes in.
        #[arg(long = "for", value_name = "DEVICE")]
        device: Option<DeviceId>,
    },
    /// Takes such a file in, checked like everything that comes from a peer.
    Take {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PassphraseVerb {
    /// Protects the profile by a new passphrase, in place of what protected it.
    Set {
        /// A file that holds the new passphrase; without it, it is asked for on the terminal.
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
        /// Keep the profile's key in the system's keyring too, so that nothing is asked here.
        #[arg(long)]
        keyring: bool,
    },
    /// Takes the passphrase away: the profile is then open to whoever can read its files.
    Remove {
        /// Keep the profile's key in the system's keyring instead.
        #[arg(long)]
        keyring: bool,
    },
    /// Says what the profile is protected by.
    Status,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NetworkVerb {
    /// Founds a network.
    Create {
        /// Its name.
        #[arg(long)]
        name: String,
        /// What it is for: produce, defend, share-practice, pool-means, mutual-learning, several of them with commas between, or
        /// free text. The known ones bring headings for the charter.
        #[arg(long, value_name = "T[,T…]")]
        template: Option<String>,
        /// A template file of your own, whose purposes, headings and objectives are written into the new network.
        #[arg(long, value_name = "FILE")]
        template_file: Option<PathBuf>,
    },
    /// Lists the networks of this profile.
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DeviceVerb {
    /// Prints a ticket for another machine of yours, and waits until it is linked in every network of this profile.
    Link(Linking),
    /// Makes this machine the person's who made the ticket, or who comes back with it.
    Accept {
        /// The ticket's text.
        ticket: String,
        #[command(flatten)]
        how: Linking,
    },
    /// Lists your machines in a network.
    List {
        /// The network: its id, or its name.
        network: String,
    },
    /// Says that a machine of yours is lost or stolen: final.
    Revoke {
        /// The network: its id, or its name.
        network: String,
        /// Which machine.
        device: DeviceId,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum MemberVerb {
    /// Prints a ticket by which somebody who left, was removed or lost all machines comes back, and waits for them.
    ReturnTicket {
        /// The network: its id, or its name.
        network: String,
        /// Who: the member's id.
        member: MemberId,
        #[command(flatten)]
        how: Linking,
    },
}

/// How two machines are linked.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Linking {
    /// What this machine is called, for your other machines.
    #[arg(long, value_name = "NAME")]
    pub(crate) label: Option<String>,
    /// Confirm without comparing the code: only where nobody else can be in between.
    #[arg(long)]
    pub(crate) assume_same: bool,
    /// How long to try, in seconds.
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u64).range(..=31_536_000))]
    pub(crate) timeout: u64,
    #[command(flatten)]
    pub(crate) reach: Reach,
    /// Listen at exactly this address.
    #[arg(long, value_name = "ADDR:PORT")]
    pub(crate) listen: Option<SocketAddr>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ImportWhat {
    /// A page.
    Page {
        /// The Markdown file.
        file: PathBuf,
    },
}

/// How far to look for others.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Reach {
    /// Stay on local networks: no relay, no look-up on the internet.
    #[arg(long)]
    pub(crate) lan_only: bool,
    /// Use no relay and no look-up on the internet.
    #[arg(long)]
    pub(crate) no_relay: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    Home,
    Overview,
    Charter,
    Plan,
    #[value(alias = "library")]
    Pages,
    Page,
    Filters,
    Groups,
    Group,
    Meetings,
    Meeting,
    Decisions,
    Decision,
    Closing,
    Evaluation,
    Contributions,
    Files,
    Watch,
    Digest,
    Resources,
    Toolbox,
    Roles,
    Members,
    Status,
}

/// A kind of text that is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Charter,
    Page,
    Meeting,
    Decision,
    Watch,
    Resources,
    Plan,
    Network,
    Notebook,
}

impl From<Kind> for DocKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Charter => Self::Charter,
            Kind::Page => Self::Page,
            Kind::Meeting => Self::Meeting,
            Kind::Decision => Self::Decision,
            Kind::Watch => Self::Watch,
            Kind::Resources => Self::Resources,
            Kind::Plan => Self::Plan,
            Kind::Network => Self::Network,
            Kind::Notebook => Self::Notebook,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Automerge,
    Markdown,
    Csv,
    Ics,
    Json,
    Html,
}

impl From<ExportFormat> for Format {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Automerge => Self::Automerge,
            ExportFormat::Markdown => Self::Markdown,
            ExportFormat::Csv => Self::Csv,
            ExportFormat::Ics => Self::Ics,
            ExportFormat::Json => Self::Json,
            ExportFormat::Html => Self::Html,
        }
    }
}

/// `7d`, `12h`, `30m`, `4w` or `90s` in seconds.
fn seconds(text: &str) -> Result<u64, String> {
    let wrong = || format!("« {text} » is not a length of time: write 30m, 12h, 7d or 4w");
    let unit = text.chars().last().ok_or_else(wrong)?;
    let number: u64 = text[..text.len() - unit.len_utf8()]
        .parse()
        .map_err(|_| wrong())?;
    let length = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 24 * 3600,
        'w' => 7 * 24 * 3600,
        _ => return Err(wrong()),
    };
    number.checked_mul(length).ok_or_else(wrong)
}

/// An address that nobody but this machine can reach.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text
        .parse()
        .map_err(|_| format!("« {text} » is not ADDR:PORT"))?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err(format!(
            "{} can be reached from other machines: use 127.0.0.1 or [::1]",
            address.ip()
        ))
    }
}

/// `DEVICE@ADDR:PORT`.
fn peer(text: &str) -> Result<(DeviceId, SocketAddr), String> {
    let wrong = || format!("« {text} » is not DEVICE@ADDR:PORT");
    let (device, addr) = text.split_once('@').ok_or_else(wrong)?;
    Ok((
        device.parse().map_err(|_| wrong())?,
        addr.parse().map_err(|_| wrong())?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_shipped_service_starts_it_as_it_can_be_started() {
        let unit = include_str!("../systemd/tresse-node.service");
        let start = unit
            .lines()
            .find_map(|line| line.strip_prefix("ExecStart="));
        let args = Args::try_parse_from(start.unwrap_or_default().split(' ')).expect("it parses");
        assert!(matches!(args.verb, Verb::Serve { metrics: None, .. }));
        assert!(args.json && args.json_log && args.passphrase_file.is_some());
    }

    #[test]
    fn lengths_of_time_read_as_people_write_them() {
        assert_eq!(seconds("7d"), Ok(604_800));
        assert_eq!(seconds("90s"), Ok(90));
        for wrong in ["", "d", "7", "7 d", "é", "-1d", "99999999999999999999w"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn figures_are_for_this_machine_alone() {
        assert!(loopback("127.0.0.1:9464").is_ok() && loopback("[::1]:9464").is_ok());
        for wrong in [
            "0.0.0.0:9464",
            "[::]:9464",
            "192.168.1.2:9464",
            "9464",
            "localhost",
        ] {
            assert!(loopback(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_peer_is_a_device_at_an_address() {
        let device = "ab".repeat(32);
        assert!(peer(&format!("{device}@127.0.0.1:4000")).is_ok());
        assert!(peer(&device).is_err());
        assert!(peer("x@127.0.0.1:4000").is_err());
    }
}
