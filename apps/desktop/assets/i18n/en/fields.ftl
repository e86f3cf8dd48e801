# Fields, dates, concurrent values

left-open = Left open
line-number = { $what } { $number }
text = Text
read-only-banner = This document was written with a newer version of Tresse. You can read it; to change it, update Tresse.

date-hint = For example 24/11/2026
date-pick = Pick a date: { $field }
date-month-before = Month before
date-month-after = Month after
date-today = Today
date-none = No date
date-not-understood = Write a date such as 24/11/2026 or 24 November
date-not-understood-toast = “{ $text }” was not understood as a date. Write for example 24/11/2026.
field-not-taken = Not saved: { $reason }
field-not-taken-mark = { $field }: not saved
field-give-up = Go back to what is saved
field-give-up-named = Go back to what is saved: { $field }
weekday-monday = Mo
weekday-tuesday = Tu
weekday-wednesday = We
weekday-thursday = Th
weekday-friday = Fr
weekday-saturday = Sa
weekday-sunday = Su

conflict-mark = { $field }: { $count } values given at the same time
conflict-title = Several values
conflict-explained = Several people filled this field in at the same time. Nothing is lost: choose the value to keep.
conflict-by = by { $name }
conflict-cleared = (cleared)
conflict-keep-shown = Keep this one, as shown
conflict-take = Take this one
conflict-choose-value = Choose “{ $value }”
conflict-in-card = A field of this action was given several values: open it to choose.

# Writing a text
text-hint = Write here. A line that begins with # becomes a heading, with - a list.
writing-write = Write
writing-preview = Preview
format-strong = Bold
format-stressed = Italic
format-heading = Heading
format-bullets = List
format-numbers = Numbered list
format-tasks = Checklist
format-quote = Quotation
preview-empty = The text’s preview appears here.
