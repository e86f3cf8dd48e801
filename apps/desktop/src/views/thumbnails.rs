//! Small pictures of attached images. They are made beside the window, one at a time, when they come in sight, and kept ready; what
//! does not decode has a plain icon.

use std::collections::BTreeMap;

use egui::{
    ColorImage, Context, CornerRadius, Id, Image, Sense, TextureHandle, TextureOptions, Ui, Vec2,
};
use tresse_engine::{
    Thumbnail,
    model::{Attachment, BlobId, NetworkId},
};

use crate::{
    app::asks::Ask,
    i18n::I18n,
    theme::{self, Icon},
    tr,
};

/// As many are kept ready; beyond, all are made anew as they come in sight.
const MOST: usize = 128;
/// The media types that are decoded.
const DECODED: [&str; 2] = ["image/jpeg", "image/png"];

/// Those that are ready, by the file; `None`: it has none. One at a time is asked for.
#[derive(Clone, Default)]
struct Ready {
    made: BTreeMap<BlobId, Option<TextureHandle>>,
    asked: Option<BlobId>,
}

fn at() -> Id {
    Id::unique("thumbnails")
}

/// The picture of a file before its name: itself in small, if it is an image that is here; else an icon.
pub(crate) fn show(
    ui: &mut Ui,
    words: &I18n,
    network: NetworkId,
    (file, here): (&Attachment, bool),
    asks: &mut Vec<Ask>,
) {
    let t = theme::tokens(ui);
    let image = file.media.starts_with("image/");
    let side = t.size.control * 0.8;
    let seen = ui.is_rect_visible(egui::Rect::from_min_size(
        ui.cursor().min,
        Vec2::splat(side),
    ));
    let decoded = DECODED.contains(&file.media.as_str());
    let texture = if here && decoded && seen {
        texture(ui.ctx(), network, file, asks)
    } else {
        None
    };
    let Some(texture) = texture else {
        let icon = if image { Icon::Image } else { Icon::FileText };
        icon.show(ui, t.size.icon, t.color.muted);
        return;
    };
    let (room, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    let whole = texture.size_vec2();
    let shown = whole * (side / whole.max_elem());
    Image::new(&texture)
        .corner_radius(CornerRadius::same(2))
        .paint_at(ui, egui::Rect::from_center_size(room.center(), shown));
    let name = tr!(words, "attachment-preview", name = file.name.clone());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, name.as_str()));
    response.on_hover_ui(|ui| {
        ui.add(Image::new(&texture).max_size(texture.size_vec2()));
    });
}

fn texture(
    ctx: &Context,
    network: NetworkId,
    file: &Attachment,
    asks: &mut Vec<Ask>,
) -> Option<TextureHandle> {
    ctx.data_mut(|data| {
        let ready = data.get_temp_mut_or_default::<Ready>(at());
        if let Some(made) = ready.made.get(&file.blob) {
            return made.clone();
        }
        if ready.asked.is_none() {
            ready.asked = Some(file.blob);
            asks.push(Ask::Thumbnail(network, file.id, file.blob));
        }
        None
    })
}

/// Takes what came of one that was asked for; nothing: it has none.
pub(crate) fn came(ctx: &Context, blob: BlobId, thumbnail: Option<Thumbnail>) {
    let texture = thumbnail.map(|small| {
        let size = [small.width as usize, small.height as usize];
        let image = ColorImage::from_rgba_unmultiplied(size, &small.rgba);
        ctx.load_texture(format!("thumbnail {blob}"), image, TextureOptions::LINEAR)
    });
    ctx.data_mut(|data| {
        let ready = data.get_temp_mut_or_default::<Ready>(at());
        if ready.made.len() >= MOST {
            ready.made.clear();
        }
        ready.made.insert(blob, texture);
        ready.asked = None;
    });
    ctx.request_repaint();
}
