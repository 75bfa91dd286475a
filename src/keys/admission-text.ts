import { admitKey, refuseKey, type KeyAdmission } from './admission';
import { findPrivateKey } from './private-key';
import { readStrictJson } from './strict-json';

/** Longer text is no JWK; this much is still searched for private keys in sloppy JSON. */
const SEARCHED_MAX = 16_384;
const OTHER_FORMAT = /-----BEGIN |^(?:ssh-|ecdsa-sha2-|sk-)/;

/**
 * Admits a key that was submitted as text: one JWK in strict JSON, white space around it allowed.
 * PEM and OpenSSH keys are refused, private ones with the code of their own. Never throws on input.
 */
export function admitKeyText(submitted: string): KeyAdmission {
  const pem = findPrivateKey(submitted);
  if (pem !== null) return refuseKey('PRIVATE_KEY_SUBMITTED', pem.leakedThumbprint);

  // A byte order mark would count as white space, and is no part of JSON.
  const text = submitted.startsWith('\ufeff') ? submitted : submitted.trim();
  const json = readStrictJson(Buffer.from(text, 'utf8'));
  if (json.ok) return admitKey(json.value);

  const sloppy = findPrivateKey(parseLoosely(text));
  if (sloppy !== null) return refuseKey('PRIVATE_KEY_SUBMITTED', sloppy.leakedThumbprint);
  return refuseKey(OTHER_FORMAT.test(text) ? 'NOT_A_JWK' : 'MALFORMED_JSON');
}

/** A private key is one also in JSON that is refused for another reason; say so. */
function parseLoosely(text: string): unknown {
  if (text.length > SEARCHED_MAX) return null;
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
}
