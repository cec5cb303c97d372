//! Where two sequences differ, by their longest common subsequence.

use std::ops::Range;

/// The places at which one has what the other has not, in order.
pub(super) fn differences<T>(
    a: &[T],
    b: &[T],
    is_same: impl Fn(&T, &T) -> bool,
) -> Vec<(Range<usize>, Range<usize>)> {
    // What both begin with is the same, whatever follows.
    let pairs = a.iter().zip(b);
    let first = pairs.take_while(|(a, b)| is_same(a, b)).count();
    let wide = b.len() + 1;
    let mut lengths = vec![0_u16; (a.len() + 1) * wide];
    for i in (first..a.len()).rev() {
        for j in (first..b.len()).rev() {
            lengths[i * wide + j] = if is_same(&a[i], &b[j]) {
                lengths[(i + 1) * wide + j + 1] + 1
            } else {
                lengths[(i + 1) * wide + j].max(lengths[i * wide + j + 1])
            };
        }
    }
    let (mut found, mut i, mut j, mut from) = (Vec::new(), first, first, (first, first));
    loop {
        let is_end = i == a.len() && j == b.len();
        if is_end || i < a.len() && j < b.len() && is_same(&a[i], &b[j]) {
            if (i, j) != from {
                found.push((from.0..i, from.1..j));
            }
            if is_end {
                return found;
            }
            (i, j) = (i + 1, j + 1);
            from = (i, j);
        } else if j == b.len()
            || i < a.len() && lengths[(i + 1) * wide + j] >= lengths[i * wide + j + 1]
        {
            i += 1;
        } else {
            j += 1;
        }
    }
}
