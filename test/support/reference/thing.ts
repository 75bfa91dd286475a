/** One thing of the organization: the data of its events laid over one another. */
export type Thing = Readonly<Record<string, unknown>> & { readonly id: string };
