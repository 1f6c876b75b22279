/** A picture of pixels in rows from the top, three bytes each: red, green, blue. */
export interface Pixmap {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/**
 * Reads a portable pixmap in its binary form with 8 bits a colour, as QEMU writes screenshots: see ppm(5) of netpbm.
 * @returns undefined for anything else
 */
export function readPixmap(bytes: Buffer): Pixmap | undefined {
  const head = bytes.subarray(0, 256).toString('latin1');
  const gap = '(?:\\s|#[^\\n]*\\n)+';
  const found = new RegExp(`^P6${gap}(\\d+)${gap}(\\d+)${gap}255\\s`).exec(head);
  if (!found) return undefined;
  const [width, height] = [Number(found[1]), Number(found[2])];
  const pixels = bytes.subarray(found[0].length, found[0].length + width * height * 3);
  return pixels.length === width * height * 3 && pixels.length > 0 ? { width, height, pixels } : undefined;
}
