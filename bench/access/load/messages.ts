/** Where requests go, and the bodies that they have in turn. */
export interface Target {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodies: readonly string[];
}

/** What the process that loads servers is told: each is answered once. */
export type LoadRequest =
  | { readonly kind: 'ASK_ALL'; readonly target: Target }
  | { readonly kind: 'AIM'; readonly targets: readonly Target[] }
  | { readonly kind: 'LOAD'; readonly target: number; readonly ms: number };

export type LoadReply =
  | { readonly kind: 'ANSWERS'; readonly answers: readonly string[] }
  | { readonly kind: 'AIMED' }
  | { readonly kind: 'LOADED'; readonly requests: number; readonly seconds: number };
