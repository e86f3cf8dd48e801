//! A small picture of an attached image: decoded within bounds, for images come from others.

use std::io::{BufReader, Cursor};

use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits};
use tresse_model::{ItemId, NetworkId};
use tresse_net::FileError;

use crate::{CommandError, Engine, filing::refusal};

/// The longer side, in pixels.
const SIDE: u32 = 192;
/// The largest file that is read, in bytes.
const LARGEST: u64 = 30_000_000;
/// The most pixels a side that are decoded.
const WIDEST: u32 = 16_000;
/// The most pixels in all.
const PIXELS: u64 = 50_000_000;
/// The most memory that decoding may take, in bytes.
const MEMORY: u64 = 250_000_000;

/// A small picture: rows from the top, four bytes a pixel (red, green, blue, opacity, not multiplied).
#[derive(Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// Pixels a row.
    pub width: u32,
    /// How many rows.
    pub height: u32,
    /// The pixels.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Thumbnail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Thumbnail({} × {})", self.width, self.height)
    }
}

/// Why there is no small picture of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum NoPicture {
    #[error("this is no JPEG or PNG picture, or it is damaged")]
    Unreadable,
    #[error("this picture would take too much memory")]
    TooLarge,
}

impl Engine {
    /// A small picture of an attached JPEG or PNG image that is here. Reads and decodes on the thread that calls, and writes nothing to the
    /// disk. At most 30 MB, 16,000 pixels a side and 50 million in all are decoded, in at most 250 MB of memory.
    ///
    /// # Errors
    /// `file-not-here`, or `no-thumbnail` where it is no such picture or breaks a bound.
    pub fn thumbnail(
        &self,
        network: &NetworkId,
        attachment: &ItemId,
    ) -> Result<Thumbnail, CommandError> {
        let (network, attachment) = (*network, *attachment);
        let (file, opener) = self.ask(move |core| {
            let (_, file) = core.replica.attachment(&network, &attachment)?;
            Ok::<_, CommandError>((file, core.filing.opener()))
        })??;
        let none = |error: NoPicture| CommandError::new("no-thumbnail", error.to_string());
        let bytes = match opener.read(&file, LARGEST) {
            Err(FileError::TooLarge { .. }) => return Err(none(NoPicture::TooLarge)),
            read => read.map_err(|error| refusal(&error))?,
        };
        small(&bytes).map_err(none)
    }
}

fn small(bytes: &[u8]) -> Result<Thumbnail, NoPicture> {
    let refused = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => NoPicture::TooLarge,
        _ => NoPicture::Unreadable,
    };
    let mut reader = ImageReader::new(BufReader::new(Cursor::new(bytes)))
        .with_guessed_format()
        .map_err(|_| NoPicture::Unreadable)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(WIDEST);
    limits.max_image_height = Some(WIDEST);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS || decoder.total_bytes() > MEMORY {
        return Err(NoPicture::TooLarge);
    }
    let orientation = decoder.orientation().map_err(refused)?;
    let picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
    let mut picture = if picture.width().max(picture.height()) > SIDE {
        picture.thumbnail(SIDE, SIDE)
    } else {
        picture
    };
    picture.apply_orientation(orientation);
    let picture = picture.into_rgba8();
    Ok(Thumbnail {
        width: picture.width(),
        height: picture.height(),
        rgba: picture.into_raw(),
    })
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, ImageFormat, RgbaImage};

    use super::*;

    fn png(picture: &DynamicImage) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[test]
    fn a_picture_becomes_small_and_keeps_its_shape_and_colours() {
        let red = image::Rgba([200, 10, 20, 255]);
        let picture = DynamicImage::ImageRgba8(RgbaImage::from_pixel(800, 400, red));
        let thumbnail = small(&png(&picture)).unwrap();
        assert_eq!((thumbnail.width, thumbnail.height), (192, 96));
        assert_eq!(thumbnail.rgba.len(), 192 * 96 * 4);
        assert_eq!(&thumbnail.rgba[..4], [200, 10, 20, 255]);
        let tiny = DynamicImage::ImageRgba8(RgbaImage::from_pixel(3, 2, red));
        let thumbnail = small(&png(&tiny)).unwrap();
        assert_eq!((thumbnail.width, thumbnail.height), (3, 2));
    }

    #[test]
    fn a_small_file_that_unfolds_to_an_immense_picture_is_refused_before_it_does() {
        let bomb = png(&DynamicImage::ImageLuma8(GrayImage::new(9_000, 9_000)));
        assert!(bomb.len() < 2_000_000, "{} bytes", bomb.len());
        assert_eq!(small(&bomb), Err(NoPicture::TooLarge));
        let wide = png(&DynamicImage::ImageLuma8(GrayImage::new(20_000, 1)));
        assert_eq!(small(&wide), Err(NoPicture::TooLarge));
    }

    #[test]
    fn what_is_no_picture_or_a_part_of_one_is_refused() {
        let whole = png(&DynamicImage::ImageLuma8(GrayImage::new(300, 300)));
        for wrong in [b"Bonjour".as_slice(), &[], &whole[..whole.len() / 2]] {
            assert_eq!(small(wrong), Err(NoPicture::Unreadable));
        }
    }
}
