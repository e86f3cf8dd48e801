//! A ticket to hand over: as a picture of a code and as text, each of which can be taken along. An invitation and the
//! linking of a device share it.

use egui::{ColorImage, ScrollArea, TextEdit, TextureHandle, TextureOptions, Ui, Vec2};

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

    /// Paints the code, no larger than `most`; `name` is what it is called.
    pub fn code(&self, ui: &mut Ui, most: f32, name: String) {
        let t = theme::tokens(ui);
        let Some(code) = &self.code else { return };
        // A whole number of pixels for each module, so that all are alike.
        let scale = ui.ctx().pixels_per_point();
        let modules = code.texture.size_vec2().x;
        let side = (most * scale / modules).floor().max(1.0) * modules / scale;
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

    /// Paints the buttons that take it along; `file` is what a file is called, without its ending.
    pub fn buttons(&self, ui: &mut Ui, words: &I18n, file: &str, asks: &mut Vec<Ask>) {
        if theme::primary_icon_button(ui, Icon::Copy, tr!(words, "ticket-copy")).clicked() {
            asks.push(Ask::Copy(self.text.clone()));
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
                name: format!("{file}.txt"),
                text: self.text.clone(),
            });
        }
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
