/**
 * Losses as functions of (margins, label): value and multipliers. Distribution, standardisation and penalties live
 * elsewhere. Next: {@code kernel}.
 */
@NullMarked
package org.sparkgrad.gpu.loss;

import org.jspecify.annotations.NullMarked;
