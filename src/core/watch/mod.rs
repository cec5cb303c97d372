//! Watches: query text to syntax tree, to a compiled set, to matches with spans.
