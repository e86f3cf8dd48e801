//! Reads a ticket out of whatever file a person gives: a text file, or a picture of a QR code.

use std::{fs, io::Cursor, path::Path};

use crate::{i18n::I18n, tr};
use image::{DynamicImage, ImageReader, imageops::FilterType};

/// Files larger than this are not read: no ticket and no picture of one needs it.
const MAX_FILE: u64 = 30 * 1024 * 1024;
/// Pictures are looked at in this size at most; a QR code in a larger photograph stays readable.
const MAX_SIDE: u32 = 2400;

/// Why a file gives no ticket. Each has a sentence in the Fluent files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadTicketError {
    /// The file cannot be read.
    #[error("the file cannot be read")]
    Unreadable,
    /// The file is too large to be a ticket.
    #[error("the file is too large to be a ticket")]
    TooLarge,
    /// The picture shows no QR code, or one too blurred to read.
    #[error("no QR code can be read in the picture")]
    NoCode,
    /// Neither text nor a picture that can be decoded.
    #[error("the file is neither a text nor a picture")]
    NeitherTextNorPicture,
}

impl ReadTicketError {
    /// What happened and what one can do, in words.
    pub fn words(self, words: &I18n) -> String {
        match self {
            Self::Unreadable => tr!(words, "ticket-file-unreadable"),
            Self::TooLarge => tr!(words, "ticket-file-too-large"),
            Self::NoCode => tr!(words, "ticket-picture-no-code"),
            Self::NeitherTextNorPicture => tr!(words, "ticket-file-unknown"),
        }
    }
}

/// The text of a ticket, from a file of either kind.
pub fn ticket_from_file(path: &Path) -> Result<String, ReadTicketError> {
    let size = fs::metadata(path)
        .map_err(|_| ReadTicketError::Unreadable)?
        .len();
    if size > MAX_FILE {
        return Err(ReadTicketError::TooLarge);
    }
    let bytes = fs::read(path).map_err(|_| ReadTicketError::Unreadable)?;
    ticket_from_bytes(&bytes)
}

/// The text of a ticket, from a file's bytes.
pub fn ticket_from_bytes(bytes: &[u8]) -> Result<String, ReadTicketError> {
    if image::guess_format(bytes).is_ok() {
        let mut reader = ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .map_err(|_| ReadTicketError::Unreadable)?;
        let mut limits = image::Limits::default();
        limits.max_image_width = Some(12_000);
        limits.max_image_height = Some(12_000);
        limits.max_alloc = Some(400 * 1024 * 1024);
        reader.limits(limits);
        let picture = reader
            .decode()
            .map_err(|_| ReadTicketError::NeitherTextNorPicture)?;
        return ticket_from_picture(picture);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text.trim().to_owned()),
        _ => Err(ReadTicketError::NeitherTextNorPicture),
    }
}

fn ticket_from_picture(picture: DynamicImage) -> Result<String, ReadTicketError> {
    let picture = if picture.width().max(picture.height()) > MAX_SIDE {
        picture.resize(MAX_SIDE, MAX_SIDE, FilterType::Triangle)
    } else {
        picture
    };
    let grey = picture.to_luma8();
    // A photograph of a screen is often light on dark, or so fine that a smaller copy reads better.
    let smaller = image::imageops::resize(
        &grey,
        (grey.width() / 2).max(1),
        (grey.height() / 2).max(1),
        FilterType::Triangle,
    );
    let mut inverted = grey.clone();
    image::imageops::invert(&mut inverted);
    [grey, smaller, inverted]
        .into_iter()
        .find_map(|grey| read_codes(&grey))
        .ok_or(ReadTicketError::NoCode)
}

fn read_codes(grey: &image::GrayImage) -> Option<String> {
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        grey.get_pixel(x as u32, y as u32).0[0]
    });
    prepared
        .detect_grids()
        .into_iter()
        .find_map(|grid| grid.decode().ok())
        .map(|(_, text)| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{GrayImage, ImageFormat, Luma};

    fn png(picture: &GrayImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    fn code(text: &str) -> GrayImage {
        qrcode::QrCode::new(text)
            .unwrap()
            .render::<Luma<u8>>()
            .min_dimensions(600, 600)
            .build()
    }

    #[test]
    fn a_picture_of_a_qr_code_gives_its_text() {
        let text = "tresse-ticket-".to_owned() + &"abc234".repeat(60);
        assert_eq!(ticket_from_bytes(&png(&code(&text))), Ok(text));
    }

    #[test]
    fn a_light_on_dark_code_is_read_too() {
        let mut picture = code("tresse-night");
        image::imageops::invert(&mut picture);
        assert_eq!(ticket_from_bytes(&png(&picture)), Ok("tresse-night".into()));
    }

    #[test]
    fn a_text_file_gives_its_text_without_the_blanks_around() {
        assert_eq!(
            ticket_from_bytes(b"  tresse-abc \r\n"),
            Ok("tresse-abc".into())
        );
    }

    #[test]
    fn each_useless_file_says_why() {
        let blank = GrayImage::from_pixel(300, 300, Luma([255]));
        assert_eq!(
            ticket_from_bytes(&png(&blank)),
            Err(ReadTicketError::NoCode)
        );
        assert_eq!(
            ticket_from_bytes(&[0, 159, 146, 150]),
            Err(ReadTicketError::NeitherTextNorPicture)
        );
        let torn = &png(&code("x"))[..60];
        assert_eq!(
            ticket_from_bytes(torn),
            Err(ReadTicketError::NeitherTextNorPicture)
        );
        assert_eq!(
            ticket_from_file(Path::new("/nowhere/at/all")),
            Err(ReadTicketError::Unreadable)
        );
    }
}
