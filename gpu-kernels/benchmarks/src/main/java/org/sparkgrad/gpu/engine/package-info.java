/** The engines that are compared, among them what users cannot ask for. */
@NullMarked
package org.sparkgrad.gpu.engine;

import org.jspecify.annotations.NullMarked;
