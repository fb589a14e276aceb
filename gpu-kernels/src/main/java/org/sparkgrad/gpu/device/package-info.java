/**
 * OpenCL devices: their addresses, sizes and reserved memory, and sessions that run a kernel on one. Next: {@code engine}.
 *
 * <pre>{@code
 * KernelSession       a kernel and its arrays; made by the engine
 *   DirectSession     sets the kernel's fields as parameters of its text, and enqueues
 *     → KernelText    the kernel's class as OpenCL C, by Aparapi's translator
 *     → DeviceContext a device's context and queue, for all sessions of this JVM
 *         → Programs  compiled texts, kept in files by ProgramCache
 *         → Staging   memory outside the heap, through which numbers move to the device
 *   AparapiSession    Aparapi's own runtime, for comparison
 * }</pre>
 *
 * <p>Writes and executions of a {@code DirectSession} are enqueued; a read waits for all that was enqueued before. Aparapi
 * also lists the devices; both use the same loader.
 */
@NullMarked
package org.sparkgrad.gpu.device;

import org.jspecify.annotations.NullMarked;
