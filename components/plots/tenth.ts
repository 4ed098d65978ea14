/** A place on a picture, in pixels, to a tenth of one: what nobody can see would only make the page longer. */
export const toTenth = (pixels: number) => Math.round(10 * pixels) / 10;
