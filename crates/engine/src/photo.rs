//! A person's picture from a file: decoded within bounds, cut square, made small.

use std::{
    io::{BufReader, Cursor},
    path::Path,
};

use image::{
    DynamicImage, ImageDecoder as _, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};
use tresse_model::{NetworkId, PHOTO_MAX};

use crate::{Command, CommandError, Engine, export::io};

/// The side of the square, in pixels.
const SIDE: u32 = 128;
/// The largest file that is read, in bytes.
const LARGEST: u64 = 30_000_000;
/// The most pixels a side that are decoded.
const WIDEST: u32 = 12_000;
/// The most memory that decoding may take, in bytes.
const MEMORY: u64 = 400_000_000;
/// How well it is kept, tried from the best on until it is small enough.
const QUALITIES: [u8; 4] = [85, 75, 60, 40];

impl Engine {
    /// Sets my picture in a network from a JPEG or PNG file; `None` takes it away. Reads and decodes on the thread that calls.
    ///
    /// # Errors
    /// `bad-photo` where the file is no picture that can be decoded, or too large to be decoded safely; `io` where it cannot be read.
    pub fn set_photo(&self, network: &NetworkId, file: Option<&Path>) -> Result<(), CommandError> {
        let picture = file.map(portrait).transpose()?;
        let picture = picture.map(|bytes| data_encoding::BASE64.encode(&bytes));
        self.call(Command::PhotoSet {
            network: *network,
            picture,
        })?;
        Ok(())
    }
}

/// A file's picture as a small square.
fn portrait(file: &Path) -> Result<Vec<u8>, CommandError> {
    let length = std::fs::metadata(file)
        .map_err(|error| io(file, &error))?
        .len();
    if length > LARGEST {
        return Err(refused("this file is larger than 30 MB"));
    }
    let bytes = std::fs::read(file).map_err(|error| io(file, &error))?;
    square(&bytes)
}

/// A picture's middle, as a small JPEG file.
pub(crate) fn square(bytes: &[u8]) -> Result<Vec<u8>, CommandError> {
    let no_picture = |_| refused("this is no JPEG or PNG picture, or it is damaged or too large");
    let mut reader = ImageReader::new(BufReader::new(Cursor::new(bytes)))
        .with_guessed_format()
        .map_err(|error| refused(&error.to_string()))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(WIDEST);
    limits.max_image_height = Some(WIDEST);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(no_picture)?;
    let orientation = decoder.orientation().map_err(no_picture)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(no_picture)?;
    picture.apply_orientation(orientation);
    let side = picture.width().min(picture.height());
    let (x, y) = ((picture.width() - side) / 2, (picture.height() - side) / 2);
    let picture = picture.crop_imm(x, y, side, side);
    let picture = picture.resize_exact(SIDE.min(side), SIDE.min(side), FilterType::Triangle);
    let ground = on_white(&picture);
    for quality in QUALITIES {
        let mut out = Vec::new();
        JpegEncoder::new_with_quality(&mut out, quality)
            .encode_image(&ground)
            .map_err(no_picture)?;
        if out.len() <= PHOTO_MAX {
            return Ok(out);
        }
    }
    Err(refused("this picture cannot be made small enough"))
}

/// What is see-through becomes white, as on paper.
fn on_white(picture: &DynamicImage) -> image::RgbImage {
    let from = picture.to_rgba8();
    image::RgbImage::from_fn(from.width(), from.height(), |x, y| {
        let [red, green, blue, alpha] = from.get_pixel(x, y).0.map(u32::from);
        let over = |colour: u32| ((colour * alpha + 255 * (255 - alpha)) / 255) as u8;
        image::Rgb([over(red), over(green), over(blue)])
    })
}

fn refused(why: &str) -> CommandError {
    CommandError::new(
        "bad-photo",
        format!("{why}: choose a JPEG or PNG picture of at most 30 MB and 12,000 pixels a side"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let picture = DynamicImage::ImageRgba8(image::RgbaImage::from_fn(width, height, |x, y| {
            image::Rgba([(x * 7) as u8, (y * 5) as u8, (x * y) as u8, 128])
        }));
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, image::ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[test]
    fn any_picture_becomes_a_small_square() {
        for (width, height, side) in [(640, 480, 128), (20, 900, 20), (1, 1, 1)] {
            let small = square(&png(width, height)).unwrap();
            assert!(small.len() <= PHOTO_MAX);
            assert!(tresse_model::Photo::new(&small).is_some());
            let again = image::load_from_memory(&small).unwrap();
            assert_eq!((again.width(), again.height()), (side, side));
        }
    }

    #[test]
    fn what_is_no_picture_or_claims_to_be_immense_is_refused_with_a_sentence() {
        let mut immense = png(2, 2);
        // The width that the file's head claims.
        immense[16..20].copy_from_slice(&200_000_u32.to_be_bytes());
        let cut = &png(300, 300)[..200];
        for wrong in [b"Bonjour".as_slice(), &[], &immense, cut] {
            let error = square(wrong).unwrap_err();
            assert_eq!(error.code, "bad-photo");
            assert!(error.message.contains("choose"), "{}", error.message);
        }
    }
}
