/** Encodes bytes as base64url without padding (RFC 4648 section 5). */
export function encodeBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/**
 * Decodes canonical base64url: the URL alphabet, no padding, no white space, unused trailing bits
 * zero. Returns null for anything else, the empty text included, so that one sequence of bytes has
 * exactly one spelling: a second one would be a second thumbprint or a second token.
 */
export function decodeBase64url(text: string): Buffer | null {
  if (text === '') return null;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}
