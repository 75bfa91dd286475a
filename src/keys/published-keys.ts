import { WYCHEPROOF_KEYS } from './wycheproof-keys';

/**
 * Keys whose private part is printed in public documents, or that everybody can name: by
 * thumbprint, with the source. Only kinds of key that admission would otherwise let pass.
 */
const PUBLISHED: readonly (readonly [thumbprint: string, source: string])[] = [
  ['oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U', 'RFC 7515 appendix A.3, RFC 7517 section 3'],
  ['cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s', 'RFC 7517 appendix A'],
  ['_GK0r6GCoJt9zcssg9lay4obIxgCq05ntiRymRHADSU', 'RFC 7518 appendix C, Alice'],
  ['Vy57XrArUrW0NbpI12tEzDHABxMwrTh6HHXRenSpnCo', 'RFC 7518 appendix C, Bob'],
  ['HsSFalww3yP-dO-lWGYgFcyV5H22oScIFc4V2Y6GOto', 'RFC 7520 section 5.5, RFC 8152 appendix C'],
  ['mTVa39KNK8LI9ZgAkyqQOQayaqVO7DXurapqkzEbfMg', 'RFC 7520 section 5.5, the ephemeral key'],
  ['gNVUILmGM8X02lmcIVmHKnjrJlfhXYf0Zi8dWhyXGWs', 'RFC 7800 section 3.2'],
  ['kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k', 'RFC 8037 appendix A, RFC 8032 section 7.1'],
  ['FtIu-VbGrfe_KB6CH7GNwODB72MNxj_ml11dEvO-7kk', 'RFC 8032 section 7.1, test 2'],
  ['FVV5umTuau890q59V-4Ga_R6qWb7ON_ivJc4EjvCwTM', 'RFC 8032 section 7.1, test 3'],
  ['lZI1vM7tnlYapaF5-cy86ptx0tT_8Av721hhiNB5ti4', 'RFC 8032 section 7.1, test 1024'],
  ['iiDHHfFVNG6ICMUTsicgrWf1igtFYZEK73xlobt1ah4', 'RFC 8032 section 7.1, test SHA(abc)'],
  ['DOvxvJiAdIqVWIkFt5hDtCunXLF0BV4-JGv4f-ALSm0', 'RFC 6979 appendix A.2.5'],
  ['KUT6jPUqqz4OC7G_YIiZmEPyqnogLqA8iZOfYR9hmlk', 'RFC 8392 appendix A.2.3'],
  ['ydQXMtvbsOsZyFir-Y7A8t7fKEM1gbKPvyFkdpu4fvI', 'RFC 9421 appendix B.1.3'],
  ['poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U', 'RFC 9421 appendix B.1.4'],
  ['0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I', 'RFC 9449 section 4.1'],
  ['WbPJgo3sirbigTL0cstFiK4NNJRjG5x8AYvJEApnuK8', 'documentation of jose, importJWK'],
  ['w9eYdC6_s_tLQ8lH6PUpc0mddazaqtPgeC2IgWDiqY8', 'documentation of jose, thumbprints'],
  ['19J8y7Zprt2-QKLjF2I5pVk0OELX6cY2AfaAv1LC_w8', 'the ES256 example of jwt.io'],
  ['jtGSXJVYuZVE0cLF8m4OWz-gvUEtc1LxRfUd7fMBarg', 'Wycheproof, json_web_signature_test'],
  ['9ZP03Nu8GrXPAUkbKNxHOKBzxPX83SShgFkRNK-f2lw', 'Ed25519 of 32 zero bytes'],
  ['1IG2tMH7J2wbJZnOf8LJzQitKf7LMvoAElsuDMVM54Y', 'Ed25519 of the bytes 0 to 31'],
  ['NjZaU2HGG-7yDNqBr1WPnI1xImaa2SB9j4kfKhS96S4', 'the base point of Ed25519'],
  ['xx0BcA-wMohw8atYDJOe6peGModklG2wRHBlXHMvl0M', 'the base point of P-256'],
];

const THUMBPRINTS: ReadonlySet<string> = new Set([
  ...PUBLISHED.map(([thumbprint]) => thumbprint),
  ...WYCHEPROOF_KEYS,
]);

/** True if the key with this thumbprint is known to have been published. */
export function isPublished(thumbprint: string): boolean {
  return THUMBPRINTS.has(thumbprint);
}
