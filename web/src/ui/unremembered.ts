/**
 * The id of an empty form in index.html with `autocomplete="off"`. Browsers keep what stands in the fields of a page,
 * in the clear and on disk, to fill them again after a crash or on the way back. An input can refuse that for itself;
 * a textarea or a select only through the form it belongs to. So those of ours belong to this one.
 */
export const unremembered = 'unremembered';
