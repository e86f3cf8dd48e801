//! A ticket to hand over: as a picture of a code and as text, each of which can be taken along. An invitation and the
//! linking of a device share it.

use egui::{ColorImage, ScrollArea, TextEdit, TextureHandle, TextureOptions, Ui, Vec2};

use super::parts::centered;
use crate::{app::asks::Ask, i18n::I18n, theme, theme::Icon, tr};

/// White modules around a code, which readers need.
const BORDER: usize = 4;
/// Pixels for each module in a saved picture: enough for a phone that photographs a screen.
const SAVED_SCALE: u32 = 8;

/// A ticket on show.
pub struct Ticket {
    text: String,
    code: Option<Code>,
}

struct Code {
    texture: TextureHandle,
    picture: ColorImage,
}

impl Ticket {
    /// `qr` is the ticket in the letters that make the smallest code.
    pub fn new(ctx: &egui::Context, text: String, qr: &str) -> Self {
        let code = code(qr).map(|picture| Code {
            texture: ctx.load_texture("ticket", picture.clone(), TextureOptions::NEAREST),
            picture,
        });
        Self { text, code }
    }

    /// The ticket's text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Paints the code in the middle, no larger than `most`; `name` is what it is called.
    pub fn code_in_the_middle(&self, ui: &mut Ui, most: f32, name: String) {
        let Some(code) = &self.code else { return };
        let frame = 2.0 * (theme::tokens(ui).space.s + theme::tokens(ui).size.line);
        let side = code.side(ui, most - frame);
        centered(ui, side + frame, |ui| self.code(ui, side, name));
    }

    /// Paints the code, no larger than `most`; `name` is what it is called.
    pub fn code(&self, ui: &mut Ui, most: f32, name: String) {
        let t = theme::tokens(ui);
        let Some(code) = &self.code else { return };
        let side = code.side(ui, most);
        // White around, in the dark too: cameras look for it.
        egui::Frame::new()
            .fill(egui::Color32::WHITE)
            .stroke(egui::Stroke::new(t.size.line, t.color.line))
            .corner_radius(t.radius.m)
            .inner_margin(t.space.s)
            .show(ui, |ui| {
                let image = egui::Image::new((code.texture.id(), Vec2::splat(side)));
                ui.add(image.alt_text(name));
            });
    }

    /// Paints the code over the whole window, for a camera some way off. True when it should be small again.
    pub fn large(&self, ctx: &egui::Context, words: &I18n, title: String, name: String) -> bool {
        let t = theme::tokens_of(ctx);
        let room = ctx.content_rect().size();
        let mut small = false;
        let ground = egui::Frame::new().fill(t.color.surface);
        let modal = egui::Modal::new(egui::Id::unique("large ticket")).frame(ground);
        let shown = modal.show(ctx, |ui| {
            ui.set_min_size(room);
            ui.set_max_size(room);
            ui.vertical_centered(|ui| {
                ui.add_space(t.space.m);
                theme::heading(ui, title);
                theme::muted(ui, tr!(words, "ticket-large-how"));
                ui.add_space(t.space.xs);
                let below = t.size.control + t.space.xl + t.space.s;
                let most = ui.available_height() - below;
                self.code_in_the_middle(ui, most.min(room.x - 2.0 * t.space.xl), name);
                ui.add_space(t.space.s);
                small = theme::quiet_button(ui, tr!(words, "ticket-small")).clicked();
            });
        });
        small || shown.should_close()
    }

    /// Paints the text, `lines` high.
    pub fn letters(&self, ui: &mut Ui, lines: usize, name: String) {
        let t = theme::tokens(ui);
        let mut text = self.text.as_str();
        ScrollArea::vertical()
            .id_salt("ticket")
            .max_height(t.size.control * (lines + 1) as f32)
            .show(ui, |ui| {
                ui.add(
                    TextEdit::multiline(&mut text)
                        .font(egui::TextStyle::Monospace)
                        .desired_rows(lines)
                        .desired_width(f32::INFINITY),
                )
                .accessible_name(name);
            });
    }

    /// Paints the buttons that take it along; `file` is what a file is called, without its ending. `large` is set when it should
    /// be shown so, where it can be.
    pub fn buttons(
        &self,
        ui: &mut Ui,
        words: &I18n,
        file: &str,
        large: Option<&mut bool>,
        asks: &mut Vec<Ask>,
    ) {
        if theme::primary_icon_button(ui, Icon::Copy, tr!(words, "ticket-copy")).clicked() {
            asks.push(Ask::Copy(self.text.clone()));
        }
        if let Some(large) = large.filter(|_| self.code.is_some()) {
            let enlarge = tr!(words, "ticket-large");
            *large = theme::quiet_icon_button(ui, Icon::QrCode, enlarge).clicked();
        }
        if let Some(code) = &self.code
            && theme::quiet_icon_button(ui, Icon::Image, tr!(words, "ticket-save-picture"))
                .clicked()
        {
            asks.push(Ask::SavePicture {
                name: format!("{file}.png"),
                picture: enlarged(&code.picture),
            });
        }
        if theme::quiet_icon_button(ui, Icon::FloppyDisk, tr!(words, "ticket-save")).clicked() {
            asks.push(Ask::SaveText {
                name: format!("{file}.tresse"),
                text: self.text.clone(),
            });
        }
    }
}

impl Code {
    /// The largest side up to `most` with a whole number of pixels for each module, so that all are alike.
    fn side(&self, ui: &Ui, most: f32) -> f32 {
        let scale = ui.ctx().pixels_per_point();
        let modules = self.texture.size_vec2().x;
        (most * scale / modules).floor().max(1.0) * modules / scale
    }
}

/// The ticket as a picture, one pixel a module, with its border.
fn code(ticket: &str) -> Option<ColorImage> {
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

/// The same, large enough to be photographed or printed.
fn enlarged(code: &ColorImage) -> image::GrayImage {
    let [width, height] = code.size;
    image::GrayImage::from_fn(
        width as u32 * SAVED_SCALE,
        height as u32 * SAVED_SCALE,
        |x, y| {
            let (x, y) = ((x / SAVED_SCALE) as usize, (y / SAVED_SCALE) as usize);
            image::Luma([code.pixels[y * width + x].r()])
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_saved_picture_reads_back_as_the_ticket() {
        let ticket = format!("tresse-{}", "mzxw6ytboi".repeat(40));
        let picture = enlarged(&code(&ticket).unwrap());
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
