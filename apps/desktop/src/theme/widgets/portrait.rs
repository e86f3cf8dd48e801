//! A person's picture in a disc, or the initials of who has none.

use std::collections::HashMap;

use egui::{ColorImage, Context, CornerRadius, Id, Response, TextureHandle, TextureOptions, Ui};
use image::{ImageReader, Limits};

use super::avatar;

/// As many pictures as are kept ready to be painted; beyond, all are made anew as they come in sight.
const MOST: usize = 512;
/// As many are made in one frame; the others follow in the next.
const AT_ONCE: usize = 4;
/// The most pixels a side that are decoded: pictures come from others.
const WIDEST: u32 = 512;

/// Pictures that are ready to be painted, by what they are made of; `None`: it does not decode.
#[derive(Clone, Default)]
struct Ready {
    made: HashMap<Id, Option<TextureHandle>>,
    /// The frame in which the last were made, and how many.
    frame: (u64, usize),
}

/// A person's picture (a JPEG or PNG file), or their initials.
pub fn portrait(ui: &mut Ui, name: &str, picture: Option<&[u8]>, size: f32) -> Response {
    let room = egui::Vec2::splat(size);
    let Some(bytes) = picture else {
        return avatar(ui, name, size);
    };
    // What is out of sight is not made ready.
    if !ui.is_rect_visible(egui::Rect::from_min_size(ui.cursor().min, room)) {
        return ui.allocate_exact_size(room, egui::Sense::hover()).1;
    }
    let Some(texture) = texture(ui.ctx(), bytes) else {
        return avatar(ui, name, size);
    };
    let (rect, response) = ui.allocate_exact_size(room, egui::Sense::hover());
    egui::Image::new(&texture)
        .corner_radius(CornerRadius::same((size / 2.0) as u8))
        .paint_at(ui, rect);
    response
}

fn texture(ctx: &Context, bytes: &[u8]) -> Option<TextureHandle> {
    let key = Id::unique(bytes);
    let at = Id::unique("portraits");
    let frame = ctx.cumulative_frame_nr();
    let (known, made) = ctx.data_mut(|data| {
        let ready = data.get_temp_mut_or_default::<Ready>(at);
        let made = if ready.frame.0 == frame {
            ready.frame.1
        } else {
            0
        };
        (ready.made.get(&key).cloned(), made)
    });
    if let Some(texture) = known {
        return texture;
    }
    if made >= AT_ONCE {
        ctx.request_repaint();
        return None;
    }
    let texture = decode(bytes)
        .map(|image| ctx.load_texture(format!("portrait {key:?}"), image, TextureOptions::LINEAR));
    ctx.data_mut(|data| {
        let ready = data.get_temp_mut_or_default::<Ready>(at);
        if ready.made.len() >= MOST {
            ready.made.clear();
        }
        ready.made.insert(key, texture.clone());
        ready.frame = (frame, made + 1);
    });
    texture
}

fn decode(bytes: &[u8]) -> Option<ColorImage> {
    let mut reader = ImageReader::new(std::io::Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(WIDEST);
    limits.max_image_height = Some(WIDEST);
    reader.limits(limits);
    let picture = reader.decode().ok()?.to_rgba8();
    let size = [picture.width() as usize, picture.height() as usize];
    Some(ColorImage::from_rgba_unmultiplied(size, picture.as_raw()))
}
