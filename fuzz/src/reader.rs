//! Taking an input apart. What is missing at its end reads as zero or empty, so every input means something.

/// What is left of an input.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    pub(crate) fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut array = [0; N];
        let some = self.take(N);
        array[..some.len()].copy_from_slice(some);
        array
    }

    pub(crate) fn number(&mut self) -> u64 {
        u64::from_le_bytes(self.array())
    }

    /// So many bytes, or as many as are there.
    pub(crate) fn take(&mut self, count: usize) -> &'a [u8] {
        let (some, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        some
    }

    /// Bytes with their length before them, in two bytes.
    pub(crate) fn piece(&mut self) -> &'a [u8] {
        let length = u16::from_le_bytes(self.array());
        self.take(usize::from(length))
    }

    pub(crate) fn rest(&mut self) -> &'a [u8] {
        self.take(usize::MAX)
    }
}

/// What [`Reader::piece`] reads. A seed's pieces are short.
pub(crate) fn piece(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("a seed's piece is short");
    [&length.to_le_bytes(), bytes].concat()
}
