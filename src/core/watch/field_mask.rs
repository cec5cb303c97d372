//! The fields that a term may look in, as bits.

use super::field::TextField;

pub(super) const TITLE: u8 = 1;
pub(super) const SUMMARY: u8 = 2;
pub(super) const TEXT: u8 = 4;
pub(super) const AUTHOR: u8 = 8;
pub(super) const CATEGORY: u8 = 16;
/// The first paragraph of the text, which is part of it.
pub(super) const OPENING: u8 = 32;
/// Where a term without a field looks.
pub(super) const PLAIN: u8 = TITLE | SUMMARY | TEXT;
/// Title, summary and first paragraph as one field.
pub(super) const LEAD: u8 = TITLE | SUMMARY | OPENING;

/// As much of some fields as lies in the lead.
pub(super) fn in_lead(fields: u8) -> u8 {
    let opening = if fields & TEXT == 0 { 0 } else { OPENING };
    (fields | opening) & LEAD
}

/// Whether these are looked in as parts of the lead.
pub(super) fn is_lead(fields: u8) -> bool {
    fields & OPENING != 0
}

/// Where the sides of NEAR are looked for that name no field, and whether the distance is that in the lead: it
/// is where one of them names it, or all are looked for there.
pub(super) fn near_mask(names_lead: bool, mask: u8) -> (u8, bool) {
    let lead = is_lead(mask) || names_lead;
    (if lead { in_lead(mask) } else { mask }, lead)
}

/// Where a part of a query in a field looks.
pub(super) fn mask_in(field: TextField, mask: u8) -> u8 {
    let own = field_mask(field);
    // Only explanations look for a field inside the lead.
    if is_lead(mask) { in_lead(own) } else { own }
}

fn field_mask(field: TextField) -> u8 {
    match field {
        TextField::Title => TITLE,
        TextField::Summary => SUMMARY,
        TextField::Text => TEXT,
        TextField::Lead => LEAD,
        TextField::Author => AUTHOR,
        TextField::Category => CATEGORY,
    }
}
