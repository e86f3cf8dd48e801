//! The dialogue that makes an invitation: for how many, for how long; then the ticket as text and as a QR code, with
//! what one should know before handing it on.

use egui::{ColorImage, TextEdit, TextureHandle, TextureOptions, Ui, Vec2};

use crate::{
    app::asks::Ask,
    theme::{self, Icon, Tone},
    tr,
    views::Cx,
};

const DAY: u64 = 24 * 60 * 60;

/// What the dialogue remembers.
pub struct Invite {
    uses: u32,
    days: u64,
    making: bool,
    made: Option<Made>,
}

impl Default for Invite {
    fn default() -> Self {
        Self {
            uses: 1,
            days: 7,
            making: false,
            made: None,
        }
    }
}

struct Made {
    ticket: String,
    code: Option<TextureHandle>,
}

impl Invite {
    /// The engine made the invitation; `qr` is the ticket in the letters that make the smallest code.
    pub fn made(&mut self, ctx: &egui::Context, ticket: String, qr: &str) {
        let code = code(qr).map(|image| ctx.load_texture("ticket", image, TextureOptions::NEAREST));
        self.making = false;
        self.made = Some(Made { ticket, code });
    }

    /// The engine refused.
    pub fn failed(&mut self) {
        self.making = false;
    }

    /// Paints the dialogue's inside.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        match &self.made {
            None => self.ask(ui, cx),
            Some(made) => show(ui, cx, made),
        }
    }

    fn ask(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = theme::tokens(ui);
        let words = cx.words;
        theme::muted(ui, tr!(words, "invite-explained"));
        ui.add_space(t.space.xs);
        let uses =
            [1_u32, 2, 5, 10, 30].map(|uses| (uses, tr!(words, "invite-uses-count", count = uses)));
        theme::choice(ui, tr!(words, "invite-uses"), &mut self.uses, &uses);
        let days = [1_u64, 7, 30, 90].map(|days| (days, tr!(words, "invite-days", count = days)));
        theme::choice(ui, tr!(words, "invite-expiry"), &mut self.days, &days);
        ui.add_space(t.space.s);
        theme::message(ui, Tone::Warn, tr!(words, "invite-warning"), |_| {});
        let others = cx.net.members.rules.invite.saturating_sub(1);
        if others > 0 {
            let several = tr!(words, "invite-several", count = others);
            theme::message(ui, Tone::Neutral, several, |_| {});
        }
        if !cx.app.status.online {
            theme::message(ui, Tone::Warn, tr!(words, "invite-offline"), |_| {});
        }
        ui.add_space(t.space.s);
        ui.horizontal(|ui| {
            let make = ui
                .add_enabled_ui(!self.making, |ui| {
                    theme::primary_icon_button(ui, Icon::Ticket, tr!(words, "invite-make"))
                })
                .inner;
            if make.clicked() {
                self.making = true;
                cx.ask(Ask::MakeInvitation {
                    network: cx.id(),
                    uses: self.uses,
                    expires_in: self.days * DAY,
                });
            }
            if theme::quiet_button(ui, tr!(words, "cancel")).clicked() {
                cx.ask(Ask::Close);
            }
        });
    }
}

fn show(ui: &mut Ui, cx: &mut Cx<'_>, made: &Made) {
    let t = theme::tokens(ui);
    let words = cx.words;
    theme::muted(ui, tr!(words, "ticket-how"));
    if let Some(code) = &made.code {
        ui.vertical_centered(|ui| {
            let height = ui.ctx().content_rect().height();
            let most = (height * 0.42).clamp(t.size.column * 0.7, t.size.column * 1.4);
            // A whole number of pixels for each module, so that all are alike.
            let pixels = most * ui.ctx().pixels_per_point();
            let module = (pixels / code.size_vec2().x).floor().max(1.0);
            let side = module * code.size_vec2().x / ui.ctx().pixels_per_point();
            // White around, in the dark too: cameras look for it.
            egui::Frame::new()
                .fill(egui::Color32::WHITE)
                .corner_radius(t.radius.m)
                .inner_margin(t.space.s)
                .show(ui, |ui| {
                    ui.add(
                        egui::Image::new((code.id(), Vec2::splat(side)))
                            .alt_text(tr!(words, "ticket-code")),
                    );
                });
        });
    }
    let mut text = made.ticket.as_str();
    egui::ScrollArea::vertical()
        .id_salt("ticket")
        .max_height(t.size.control * 3.0)
        .show(ui, |ui| {
            ui.add(
                TextEdit::multiline(&mut text)
                    .code_editor()
                    .desired_rows(2)
                    .desired_width(f32::INFINITY),
            )
            .accessible_name(tr!(words, "ticket-text"));
        });
    ui.horizontal_wrapped(|ui| {
        if theme::primary_icon_button(ui, Icon::Copy, tr!(words, "ticket-copy")).clicked() {
            cx.ask(Ask::Copy(made.ticket.clone()));
        }
        if theme::quiet_icon_button(ui, Icon::FloppyDisk, tr!(words, "ticket-save")).clicked() {
            let name = tr!(words, "ticket-file-name");
            cx.ask(Ask::SaveText {
                name,
                text: made.ticket.clone(),
            });
        }
        if theme::quiet_button(ui, tr!(words, "done-button")).clicked() {
            cx.ask(Ask::Close);
        }
    });
    theme::caption(ui, tr!(words, "ticket-keep-on"));
}

/// The ticket as a picture, one pixel a module, with the quiet border that readers need.
fn code(ticket: &str) -> Option<ColorImage> {
    const BORDER: usize = 4;
    let code = qrcode::QrCode::with_error_correction_level(ticket, qrcode::EcLevel::L).ok()?;
    let modules = code.width();
    let side = modules + 2 * BORDER;
    let mut image = ColorImage::filled([side, side], egui::Color32::WHITE);
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == qrcode::Color::Dark {
            let (x, y) = (at % modules + BORDER, at / modules + BORDER);
            image.pixels[y * side + x] = egui::Color32::BLACK;
        }
    }
    Some(image)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_on_screen_reads_back_as_the_ticket() {
        let ticket = format!("tresse-{}", "mzxw6ytboi".repeat(40));
        let shown = code(&ticket).unwrap();
        let (side, scale) = (shown.size[0], 4);
        let picture =
            image::GrayImage::from_fn((side * scale) as u32, (side * scale) as u32, |x, y| {
                image::Luma([shown.pixels[y as usize / scale * side + x as usize / scale].r()])
            });
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        assert_eq!(
            crate::start::qr::ticket_from_bytes(&bytes.into_inner()),
            Ok(ticket)
        );
    }
}
