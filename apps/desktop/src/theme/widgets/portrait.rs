//! A person's picture in a disc, or the initials of who has none.

use std::collections::HashMap;

use egui::{ColorImage, Context, CornerRadius, Id, Response, TextureHandle, TextureOptions, Ui};
use image::{ImageReader, Limits};

use super::avatar;

/// As many pictures as are kept ready to be painted; beyond, all are made anew as they come in sight.
const MOST: usize = 512;
/// The most pixels a side that are decoded: pictures come from others.
const WIDEST: u32 = 512;

/// Pictures that are ready to be painted, by what they are made of; `None`: it does not decode.
#[derive(Clone, Default)]
struct Ready(HashMap<Id, Option<TextureHandle>>);

/// A person's picture (a JPEG or PNG file), or their initials.
pub fn portrait(ui: &mut Ui, name: &str, picture: Option<&[u8]>, size: f32) -> Response {
    let Some(texture) = picture.and_then(|bytes| texture(ui.ctx(), bytes)) else {
        return avatar(ui, name, size);
    };
    let (rect, response) = ui.allocate_exact_size(egui::Vec2::splat(size), egui::Sense::hover());
    if ui.is_rect_visible(rect) {
        egui::Image::new(&texture)
            .corner_radius(CornerRadius::same((size / 2.0) as u8))
            .paint_at(ui, rect);
    }
    response
}

fn texture(ctx: &Context, bytes: &[u8]) -> Option<TextureHandle> {
    let key = Id::unique(bytes);
    let at = Id::unique("portraits");
    let known = ctx.data_mut(|data| {
        data.get_temp_mut_or_default::<Ready>(at)
            .0
            .get(&key)
            .cloned()
    });
    if let Some(texture) = known {
        return texture;
    }
    let made = decode(bytes)
        .map(|image| ctx.load_texture(format!("portrait {key:?}"), image, TextureOptions::LINEAR));
    ctx.data_mut(|data| {
        let ready = &mut data.get_temp_mut_or_default::<Ready>(at).0;
        if ready.len() >= MOST {
            ready.clear();
        }
        ready.insert(key, made.clone());
    });
    made
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
