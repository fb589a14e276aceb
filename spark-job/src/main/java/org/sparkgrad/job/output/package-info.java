/**
 * The folder of a run's result. A run fills {@code OUTPUT.running}, under a lock, and renames it to OUTPUT when it is
 * whole. Next: {@code report}.
 *
 * <ul>
 *   <li>{@code OutputLock} keeps a second run out of {@code OUTPUT.running}; the lock is {@code files.RunLock}.
 *   <li>{@code OUTPUT.running}, {@code .failed} and {@code .replaced} are used only if they have the marks of a run
 *       ({@code EarlierOutput}).
 *   <li>A failed run removes {@code OUTPUT.running} before it writes {@code OUTPUT.failed}: the former may be what
 *       filled the disk. If a trained model could not be saved in all its forms, {@code OUTPUT.failed/model.json} has
 *       it.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.output;

import org.jspecify.annotations.NullMarked;
