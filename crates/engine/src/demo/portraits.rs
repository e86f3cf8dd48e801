//! The faces of the demo's invented people: drawn by a few ellipses, as flat as cut paper, so that nobody real is in them.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::{CommandError, photo::square};

/// The side of the picture, in pixels.
const SIDE: u32 = 96;
/// Points looked at in each pixel, along a side: edges come out soft.
const FINE: u32 = 3;

type Colour = [u8; 3];

const PALE: Colour = [240, 205, 178];
const ROSY: Colour = [228, 178, 146];
const TAN: Colour = [196, 142, 104];
const DEEP: Colour = [122, 80, 58];
const GREY: Colour = [178, 174, 170];
const BLACK: Colour = [48, 42, 42];
const BROWN: Colour = [104, 70, 48];
const RED: Colour = [168, 88, 52];
const EYES: Colour = [52, 44, 40];

/// How somebody looks.
struct Face {
    skin: Colour,
    hair: Colour,
    clothes: Colour,
    ground: Colour,
    /// Hair falls on the shoulders.
    long: bool,
    beard: bool,
    glasses: bool,
}

/// A picture of one of the story's people, as the command that sets one takes it; those who never chose one have none.
pub(super) fn of(key: &str) -> Result<Option<Vec<u8>>, CommandError> {
    face(key).map(|face| square(&drawn(&face)?)).transpose()
}

fn face(key: &str) -> Option<Face> {
    let face = |skin, hair, clothes, ground| Face {
        skin,
        hair,
        clothes,
        ground,
        long: false,
        beard: false,
        glasses: false,
    };
    Some(match key {
        "ana" => Face {
            long: true,
            ..face(ROSY, BROWN, [46, 98, 108], [226, 214, 190])
        },
        "bruno" => Face {
            beard: true,
            ..face(PALE, RED, [70, 84, 122], [204, 218, 214])
        },
        "driss" => Face {
            glasses: true,
            ..face(TAN, BLACK, [142, 62, 58], [222, 222, 206])
        },
        "edith" => Face {
            glasses: true,
            ..face(PALE, GREY, [118, 74, 110], [214, 222, 228])
        },
        "fatou" => face(DEEP, BLACK, [214, 152, 54], [210, 222, 202]),
        "ilyes" => Face {
            beard: true,
            ..face(TAN, BLACK, [72, 114, 78], [230, 216, 204])
        },
        "kim" => Face {
            long: true,
            ..face(PALE, BLACK, [186, 102, 78], [208, 216, 228])
        },
        "luc" => Face {
            beard: true,
            glasses: true,
            ..face(ROSY, GREY, [58, 76, 88], [226, 218, 198])
        },
        _ => return None,
    })
}

/// The picture as a PNG file.
fn drawn(face: &Face) -> Result<Vec<u8>, CommandError> {
    let picture = RgbImage::from_fn(SIDE, SIDE, |x, y| {
        let mut sum = [0_u32; 3];
        for step in 0..FINE * FINE {
            let along = |pixel: u32, part: u32| {
                let at = (pixel * FINE + part) as f32 + 0.5;
                at / (SIDE * FINE) as f32 * 2.0 - 1.0
            };
            let colour = face.at(along(x, step % FINE), along(y, step / FINE));
            for (sum, colour) in sum.iter_mut().zip(colour) {
                *sum += u32::from(colour);
            }
        }
        Rgb(sum.map(|sum| (sum / (FINE * FINE)) as u8))
    });
    let mut out = Cursor::new(Vec::new());
    DynamicImage::from(picture)
        .write_to(&mut out, ImageFormat::Png)
        .map_err(|error| CommandError::new("demo", error.to_string()))?;
    Ok(out.into_inner())
}

impl Face {
    /// The colour of a point, from -1 to 1 from left to right and from above to below.
    fn at(&self, x: f32, y: f32) -> Colour {
        let within = |(cx, cy): (f32, f32), (rx, ry): (f32, f32)| {
            ((x - cx) / rx).powi(2) + ((y - cy) / ry).powi(2) <= 1.0
        };
        let side = x.abs();
        let eye = ((side - 0.15).powi(2) + (y + 0.04).powi(2)).sqrt();
        let head = within((0.0, -0.04), (0.34, 0.42));
        let crown = within((0.0, -0.14), (0.4, 0.46));
        let rims = (0.095..0.125).contains(&eye) || (side < 0.06 && (y + 0.06).abs() < 0.015);
        let fringe = crown && y < -0.22 + 0.12 * x;
        let beard = self.beard && head && y > 0.1 + 0.2 * (0.3 - side);
        let behind = (crown && y < 0.1) || (self.long && within((0.0, 0.12), (0.46, 0.6)));
        if eye < 0.04 || (self.glasses && rims) {
            EYES
        } else if fringe || beard {
            self.hair
        } else if head {
            self.skin
        } else if side < 0.14 && (0.2..0.58).contains(&y) {
            self.skin.map(|part| part - part / 9)
        } else if within((0.0, 1.1), (0.78, 0.64)) {
            self.clothes
        } else if behind {
            self.hair
        } else {
            self.ground
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_is_a_small_picture_and_no_two_are_alike() {
        let keys = [
            "ana", "bruno", "driss", "edith", "fatou", "ilyes", "kim", "luc",
        ];
        let mut faces: Vec<Vec<u8>> = keys.map(|key| of(key).unwrap().unwrap()).into();
        for face in &faces {
            assert!(tresse_model::Photo::new(face).is_some());
            assert!(face.len() < 5_000, "{}", face.len());
        }
        faces.sort();
        faces.dedup();
        assert_eq!(faces.len(), keys.len());
        assert_eq!(of("helene").unwrap(), None);
    }
}
