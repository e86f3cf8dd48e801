//! A picture of a display: read from the dump that the X server keeps, written as a PNG file. No dependency, so not compressed.

use std::{fs, path::Path};

use crate::shell::Failure;

/// Red, green and blue of each point, row by row from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    width: usize,
    height: usize,
    points: Vec<[u8; 3]>,
}

impl Picture {
    /// Reads an X window dump of a display with 32 bits a point, lowest byte first.
    pub(crate) fn of_dump(bytes: &[u8]) -> Option<Self> {
        let number = |at: usize| -> Option<usize> {
            let four = bytes.get(at * 4..at * 4 + 4)?;
            let four = u32::from_be_bytes(four.try_into().ok()?);
            usize::try_from(four).ok()
        };
        let (head, width, height) = (number(0)?, number(4)?, number(5)?);
        let (order, bits, row, colours) = (number(7)?, number(11)?, number(12)?, number(19)?);
        if (number(1)?, order, bits) != (7, 0, 32) {
            return None;
        }
        let start = head.checked_add(colours.checked_mul(12)?)?;
        let mut points = Vec::with_capacity(width * height);
        for line in 0..height {
            let at = start + line * row;
            let line = bytes.get(at..at + width * 4)?;
            points.extend(
                line.chunks_exact(4)
                    .map(|point| [point[2], point[1], point[0]]),
            );
        }
        Some(Self {
            width,
            height,
            points,
        })
    }

    /// How many points differ; all, where the sizes do.
    pub(crate) fn differs(&self, other: &Self) -> usize {
        if (self.width, self.height) != (other.width, other.height) {
            return self.points.len();
        }
        let pairs = self.points.iter().zip(&other.points);
        pairs.filter(|(one, other)| one != other).count()
    }

    /// Writes it as a PNG file.
    pub(crate) fn save(&self, to: &Path) -> Result<(), Failure> {
        fs::write(to, self.png())
            .map_err(|error| Failure::new(format!("{}: {error}", to.display())))
    }

    fn png(&self) -> Vec<u8> {
        let mut rows = Vec::with_capacity(self.points.len() * 3 + self.height);
        for row in self.points.chunks(self.width.max(1)) {
            // No filter.
            rows.push(0);
            rows.extend(row.iter().flatten());
        }
        let mut head = Vec::new();
        head.extend((self.width as u32).to_be_bytes());
        head.extend((self.height as u32).to_be_bytes());
        head.extend([8, 2, 0, 0, 0]);
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        chunk(&mut png, *b"IHDR", &head);
        chunk(&mut png, *b"IDAT", &stored(&rows));
        chunk(&mut png, *b"IEND", &[]);
        png
    }
}

fn chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    png.extend((data.len() as u32).to_be_bytes());
    let from = png.len();
    png.extend(kind);
    png.extend(data);
    let sum = crc(&png[from..]);
    png.extend(sum.to_be_bytes());
}

/// A zlib stream of blocks that are not compressed.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let blocks = data.chunks(65_535);
    let last = blocks.len().saturating_sub(1);
    for (number, block) in blocks.enumerate() {
        stream.push(u8::from(number == last));
        let length = block.len() as u16;
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler(data).to_be_bytes());
    stream
}

fn adler(data: &[u8]) -> u32 {
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in data {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    b << 16 | a
}

fn crc(data: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in data {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            let carry = sum & 1;
            sum >>= 1;
            sum ^= 0xedb8_8320 * carry;
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dump of two points, one above the other, with one unused colour in its table.
    fn dump() -> Vec<u8> {
        let mut numbers = [0_u32; 25];
        numbers[0] = 100;
        numbers[1] = 7;
        numbers[4] = 1;
        numbers[5] = 2;
        numbers[11] = 32;
        numbers[12] = 8;
        numbers[19] = 1;
        let mut dump: Vec<u8> = numbers.iter().flat_map(|one| one.to_be_bytes()).collect();
        dump.extend([0; 12]);
        dump.extend([3, 2, 1, 0, 9, 9, 9, 9]);
        dump.extend([6, 5, 4, 0, 9, 9, 9, 9]);
        dump
    }

    #[test]
    fn a_dump_is_read_and_a_broken_one_is_not() {
        let picture = Picture::of_dump(&dump()).unwrap();
        assert_eq!(picture.points, [[1, 2, 3], [4, 5, 6]]);
        let mut other = picture.clone();
        other.points[0] = [0; 3];
        assert_eq!((picture.differs(&picture), picture.differs(&other)), (0, 1));
        assert_eq!(Picture::of_dump(&dump()[..115]), None);
        assert_eq!(Picture::of_dump(b"GIF89a"), None);
    }

    #[test]
    fn the_sums_are_those_of_the_standards() {
        assert_eq!(crc(b"IEND"), 0xae42_6082);
        assert_eq!(adler(b"Wikipedia"), 0x11e6_0398);
        let png = Picture::of_dump(&dump()).unwrap().png();
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x02"));
        assert!(png.ends_with(b"IEND\xae\x42\x60\x82"));
    }
}
