//! Bodies that are tiny on the wire and gigabytes when inflated.

use std::io::Write;

/// Deflated spaces: the head of a gzip stream, and a piece that stands for a megabyte wherever it
/// follows another.
pub fn gzip() -> (Vec<u8>, Vec<u8>) {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    pieces(|megabyte| {
        encoder.write_all(megabyte).expect("memory");
        encoder.flush().expect("memory");
        std::mem::take(encoder.get_mut())
    })
}

/// The same for brotli.
pub fn brotli() -> (Vec<u8>, Vec<u8>) {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 24);
    pieces(|megabyte| {
        encoder.write_all(megabyte).expect("memory");
        encoder.flush().expect("memory");
        std::mem::take(encoder.get_mut())
    })
}

fn pieces(mut deflate: impl FnMut(&[u8]) -> Vec<u8>) -> (Vec<u8>, Vec<u8>) {
    let megabyte = vec![b' '; 1 << 20];
    let mut head = deflate(&megabyte);
    head.extend(deflate(&megabyte));
    // By now, a piece says no more than that it goes on as before.
    let piece = deflate(&megabyte);
    (head, piece)
}

/// Two gigabytes of spaces in 64 KiB (RFC 8878 section 3.1.1): a frame with the largest window that
/// decoders allow, and blocks of one byte each that stand for 128 KiB.
pub fn zstd() -> Vec<u8> {
    const MAGIC: u32 = 0xFD2F_B528;
    const WINDOW_128_MIB: u8 = 17 << 3;
    const BLOCK_BYTES: u32 = 128 << 10;
    let mut frame = MAGIC.to_le_bytes().to_vec();
    frame.extend([0, WINDOW_128_MIB]);
    for block in (0..16_384_u32).rev() {
        let last = u32::from(block == 0);
        let run_length = 1 << 1;
        let header = last | run_length | BLOCK_BYTES << 3;
        frame.extend(&header.to_le_bytes()[..3]);
        frame.push(b' ');
    }
    frame
}
