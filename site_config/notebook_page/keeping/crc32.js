// The checksum of zip files (CRC-32) of a text, as Python's zlib.crc32 has it, in eight hex digits.

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

export function crc32(text) {
  let sum = -1;
  for (const byte of new TextEncoder().encode(text)) {
    sum = (sum >>> 8) ^ TABLE[(sum ^ byte) & 0xff];
  }
  return (~sum >>> 0).toString(16).padStart(8, "0");
}
