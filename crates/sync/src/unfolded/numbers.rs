//! The numbers and pieces that changes and documents are made of.

/// Bytes, read from the front.
pub(super) struct Numbers<'a>(pub(super) &'a [u8]);

impl<'a> Numbers<'a> {
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for place in (0..64).step_by(7) {
            let (digit, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(digit & 0x7f) << place;
            if digit & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn signed(&mut self) -> Option<i64> {
        let before = self.0;
        let number = self.number()?;
        let digits = before.len() - self.0.len();
        let unused = 64_u32.saturating_sub(7 * u32::try_from(digits).ok()?);
        Some((number << unused).cast_signed() >> unused)
    }

    pub(super) fn skip(&mut self, count: u64) -> Option<&'a [u8]> {
        let (skipped, rest) = self.0.split_at_checked(usize::try_from(count).ok()?)?;
        self.0 = rest;
        Some(skipped)
    }

    pub(super) fn piece(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.skip(length)
    }

    /// How long the next piece is, which is passed over.
    pub(super) fn length(&mut self) -> Option<u64> {
        self.piece().map(|piece| piece.len() as u64)
    }

    /// Pieces with their number before them.
    pub(super) fn pieces(&mut self) -> Option<()> {
        for _ in 0..self.number()? {
            self.piece()?;
        }
        Some(())
    }

    /// Hashes with their number before them.
    pub(super) fn hashes(&mut self) -> Option<()> {
        let count = self.number()?;
        self.skip(count.checked_mul(32)?).map(drop)
    }

    /// The kinds and lengths of columns.
    pub(super) fn columns(&mut self) -> Option<Vec<(u64, u64)>> {
        let mut columns = Vec::new();
        for _ in 0..self.number()? {
            columns.push((self.number()?, self.number()?));
        }
        Some(columns)
    }

    /// Shows each item of the next run with how often it stands there. (Nothing counts as zero.)
    pub(super) fn run(
        &mut self,
        item: impl Fn(&mut Self) -> Option<u64>,
        mut show: impl FnMut(u64, u64),
    ) -> Option<()> {
        match self.signed()? {
            0 => show(0, self.number()?),
            count @ 1.. => show(item(self)?, count.unsigned_abs()),
            count => {
                for _ in 0..count.unsigned_abs() {
                    show(item(self)?, 1);
                }
            }
        }
        Some(())
    }
}

/// The items of a column one by one.
pub(super) struct Items<'a> {
    column: Numbers<'a>,
    /// How many items of this run are still to come.
    left: u64,
    run: Run,
}

/// What a run is of.
#[derive(Clone, Copy)]
enum Run {
    Nothing,
    /// The same item.
    Same(u64),
    /// Items of their own.
    Each,
}

impl<'a> Items<'a> {
    pub(super) const fn of(column: &'a [u8]) -> Self {
        Self {
            column: Numbers(column),
            left: 0,
            run: Run::Nothing,
        }
    }

    pub(super) const fn is_done(&self) -> bool {
        self.left == 0 && self.column.0.is_empty()
    }

    /// Passes over so many items (beyond the last there are none), showing each run of alike ones with its length. `None`: it
    /// does not read, or `show` says so.
    pub(super) fn pass_over(
        &mut self,
        mut count: u64,
        item: impl Fn(&mut Numbers<'a>) -> Option<u64>,
        mut show: impl FnMut(u64, u64) -> Option<()>,
    ) -> Option<()> {
        while count > 0 && !self.is_done() {
            if self.left == 0 {
                self.begin(&item)?;
            }
            let now = count.min(self.left);
            match self.run {
                Run::Nothing => {}
                Run::Same(item) => show(item, now)?,
                Run::Each => {
                    for _ in 0..now {
                        show(item(&mut self.column)?, 1)?;
                    }
                }
            }
            self.left -= now;
            count -= now;
        }
        Some(())
    }

    /// The next item with how many alike it are read at once. The outer `None`: it does not read.
    pub(super) fn next_alike(
        &mut self,
        item: impl Fn(&mut Numbers<'a>) -> Option<u64>,
    ) -> Option<(Option<u64>, u64)> {
        while self.left == 0 && !self.column.0.is_empty() {
            self.begin(&item)?;
        }
        let alike = match self.run {
            Run::Each => 1,
            Run::Nothing | Run::Same(_) => self.left.max(1),
        };
        let next = self.next(item)?;
        self.left = self.left.saturating_sub(alike - 1);
        Some((next, alike))
    }

    /// The next item, which is nothing after the last. The outer `None`: it does not read.
    #[expect(
        clippy::option_option,
        reason = "what does not read is not what is not there"
    )]
    pub(super) fn next(
        &mut self,
        item: impl Fn(&mut Numbers<'a>) -> Option<u64>,
    ) -> Option<Option<u64>> {
        while self.left == 0 {
            if self.column.0.is_empty() {
                return Some(None);
            }
            self.begin(&item)?;
        }
        self.left -= 1;
        Some(match self.run {
            Run::Nothing => None,
            Run::Same(item) => Some(item),
            Run::Each => Some(item(&mut self.column)?),
        })
    }

    /// Reads what the next run is of.
    fn begin(&mut self, item: impl Fn(&mut Numbers<'a>) -> Option<u64>) -> Option<()> {
        (self.left, self.run) = match self.column.signed()? {
            0 => (self.column.number()?, Run::Nothing),
            count @ 1.. => (count.unsigned_abs(), Run::Same(item(&mut self.column)?)),
            count => (count.unsigned_abs(), Run::Each),
        };
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    #[test]
    fn numbers_are_read_with_their_sign() {
        let signed = |bytes: &[u8]| Numbers(bytes).signed();
        assert_eq!(signed(&[0x7f]), Some(-1));
        assert_eq!(signed(&[0x3f]), Some(63));
        assert_eq!(signed(&[0x80, 0x7f]), Some(-128));
        assert_eq!(signed(&[0xe8, 0x07]), Some(1_000));
        assert_eq!(signed(&[0x80]), None);
        assert_eq!(signed(&[0x80; 12]), None);
    }

    #[test]
    fn items_come_one_by_one_out_of_runs() {
        let mut items = Items::of(&[2, 7, 0, 1, 0x7e, 5, 6]);
        let mut all = Vec::new();
        while !items.is_done() {
            all.push(items.next(Numbers::number).unwrap());
        }
        assert_eq!(all, [Some(7), Some(7), None, Some(5), Some(6)]);
        assert_eq!(items.next(Numbers::number), Some(None));
        assert_eq!(Items::of(&[0x7e, 5]).next(Numbers::number), Some(Some(5)));
        assert_eq!(Items::of(&[0x80]).next(Numbers::number), None);
    }

    proptest! {
        #[test]
        fn what_is_read_run_by_run_or_passed_over_is_what_is_read_one_by_one(
            column in vec(prop_oneof![0..6_u8, 0x7b..0x80_u8, any::<u8>()], 0..40), steps in vec(0..9_u64, 1..20),
        ) {
            let (mut one, mut many) = (Items::of(&column), Items::of(&column));
            for (turn, step) in steps.into_iter().enumerate() {
                let told = if turn % 2 == 0 {
                    many.next_alike(Numbers::number).map(|(item, alike)| (alike, item.map(|item| item.wrapping_mul(alike))))
                } else {
                    let mut sum = 0_u64;
                    let add = |item: u64, times: u64| { sum = sum.wrapping_add(item.wrapping_mul(times)); Some(()) };
                    many.pass_over(step, Numbers::number, add).map(|()| (step, Some(sum)))
                };
                let Some((count, sum)) = told else {
                    // What does not read does so one by one too.
                    let most = column.len() as u64 * 300;
                    prop_assert!((0..most).any(|_| one.next(Numbers::number).is_none()));
                    return Ok(());
                };
                // A run that long takes too long to be read one by one.
                if count >= 100_000 {
                    return Ok(());
                }
                let read: Option<Vec<_>> = (0..count).map(|_| one.next(Numbers::number)).collect();
                let read = read.unwrap();
                let items = read.iter().flatten();
                let all = items.fold(0_u64, |sum, item| sum.wrapping_add(*item));
                prop_assert_eq!(sum.unwrap_or(0), all);
                prop_assert_eq!(one.is_done(), many.is_done());
            }
        }
    }
}
