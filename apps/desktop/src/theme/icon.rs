//! The icons: a name for each glyph of the carried icon font.

use egui::{Align2, Color32, Painter, Pos2, RichText, Ui};

use super::fonts::Face;

macro_rules! icons {
    ($($name:ident = $code:literal),* $(,)?) => {
        /// One icon. An icon never stands without a word or an accessible name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each is named after what it draws")]
        pub enum Icon {
            $($name,)*
        }

        impl Icon {
            /// Every icon.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The character that draws it in [`Face::Icon`].
            pub const fn glyph(self) -> char {
                match self {
                    $(Self::$name => match char::from_u32($code) {
                        Some(glyph) => glyph,
                        None => char::REPLACEMENT_CHARACTER,
                    },)*
                }
            }
        }
    };
}

icons! {
    House = 0xe2c2,
    Scroll = 0xeb7a,
    ListChecks = 0xeadc,
    Kanban = 0xeb54,
    CalendarBlank = 0xe10a,
    Gavel = 0xea32,
    Books = 0xe758,
    Eye = 0xe220,
    Users = 0xe4d6,
    UsersThree = 0xe68e,
    Gear = 0xe270,
    Plus = 0xe3d4,
    X = 0xe4f6,
    Check = 0xe182,
    PencilSimple = 0xe3b4,
    Trash = 0xe4a6,
    ArrowCounterClockwise = 0xe038,
    ArrowClockwise = 0xe036,
    MagnifyingGlass = 0xe30c,
    CaretDown = 0xe136,
    CaretRight = 0xe13a,
    CaretLeft = 0xe138,
    CaretUp = 0xe13c,
    ArrowLeft = 0xe058,
    ArrowRight = 0xe06c,
    ArrowUp = 0xe08e,
    ArrowDown = 0xe03e,
    Link = 0xe2e2,
    Copy = 0xe1ca,
    QrCode = 0xe3e6,
    Paperclip = 0xe39a,
    Tag = 0xe478,
    ClockCounterClockwise = 0xe1a0,
    Warning = 0xe4e0,
    Info = 0xe2ce,
    WifiHigh = 0xe4ea,
    WifiSlash = 0xe4f2,
    FloppyDisk = 0xe248,
    Circle = 0xe18a,
    CheckCircle = 0xe184,
    CircleHalf = 0xe18c,
    Prohibit = 0xe3de,
    Moon = 0xe330,
    Sun = 0xe472,
    DotsThree = 0xe1fe,
    FileText = 0xe23a,
    FolderOpen = 0xe256,
    DownloadSimple = 0xe20c,
    UploadSimple = 0xe4c0,
    SignOut = 0xe42a,
    User = 0xe4c2,
    UserPlus = 0xe4d0,
    Target = 0xe47c,
    Flag = 0xe244,
    MapPin = 0xe316,
    Table = 0xe476,
    TextB = 0xe5be,
    TextItalic = 0xe5c0,
    ListBullets = 0xe2f2,
    ListNumbers = 0xe2f6,
    Quotes = 0xe660,
    Code = 0xe1bc,
    TextH = 0xe6ba,
    ArrowsClockwise = 0xe094,
    ShareNetwork = 0xe408,
    Hourglass = 0xe2b2,
    Translate = 0xe4a2,
    Question = 0xe3e8,
    Buildings = 0xe102,
    Handshake = 0xe582,
    Export = 0xeaf0,
    Columns = 0xe546,
    Sidebar = 0xeab6,
    Key = 0xe2d6,
    Laptop = 0xe586,
    Globe = 0xe288,
    Star = 0xe46a,
    ChatCircle = 0xe168,
    BookmarkSimple = 0xe0ea,
    Ticket = 0xe490,
    EnvelopeSimple = 0xe218,
    Image = 0xe2ca,
    ArrowUUpLeft = 0xe08a,
    HandHeart = 0xe810,
    CircleDashed = 0xe602,
    Binoculars = 0xea64,
    Toolbox = 0xeca0,
    ChartLineUp = 0xe156,
    DotsSixVertical = 0xeae2,
    Funnel = 0xe266,
    SortAscending = 0xe444,
    LockSimple = 0xe308,
}

impl Icon {
    /// The icon as text of this height.
    pub fn text(self, size: f32) -> RichText {
        RichText::new(self.glyph().to_string()).font(Face::Icon.at(size))
    }

    /// Paints the icon about a point.
    pub fn paint(self, painter: &Painter, center: Pos2, size: f32, color: Color32) {
        painter.text(
            center,
            Align2::CENTER_CENTER,
            self.glyph(),
            Face::Icon.at(size),
            color,
        );
    }

    /// Shows the icon in the middle of the first line of a text of this height, which stands beside it.
    pub fn show_beside(self, ui: &mut Ui, size: f32, text: f32, color: Color32) {
        let line = (text * super::tokens(ui).text.line).round();
        let (rect, _) = ui.allocate_exact_size(egui::vec2(size, line), egui::Sense::hover());
        if ui.is_rect_visible(rect) {
            self.paint(ui.painter(), rect.center(), size, color);
        }
    }

    /// Shows the icon as part of a line, silent for assistive tools.
    pub fn show(self, ui: &mut Ui, size: f32, color: Color32) -> egui::Response {
        let (rect, response) =
            ui.allocate_exact_size(egui::Vec2::splat(size), egui::Sense::hover());
        if ui.is_rect_visible(rect) {
            self.paint(ui.painter(), rect.center(), size, color);
        }
        response
    }
}
