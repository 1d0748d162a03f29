/**
 * The release since which what the denoiser makes is composed with the film as it is now: for the same film, request, seed and
 * networks the same bits. Recipes keep it. To be raised to the next release by every change of compose, blend, brightRims or the
 * sampler that changes bits. 0.17.0: no bright rims around lungs that are cleared (decision 188). 0.18.0: opacity is erased from the
 * healthy twin (decision 199). 0.19.0: again where opacity is left (decision 204). 0.20.0: wires
 * stay (decision 214), and the second pass is made sooner (decision 219). 0.21.0: more of
 * what is metal is found, and stays (decision 221).
 */
export const COMPOSED_BY = '0.21.0';
