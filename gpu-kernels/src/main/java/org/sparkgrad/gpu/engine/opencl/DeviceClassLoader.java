package org.sparkgrad.gpu.engine.opencl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.DeviceLedger;
import org.sparkgrad.gpu.device.DriverThread;
import org.sparkgrad.gpu.device.GpuDevice;

/**
 * Loads Aparapi, kernels and the OpenCL engine once more, for one device: within a class loader Aparapi runs one kernel
 * at a time. All other packages, and the types in {@link #SHARED}, are the parent's: callers and engines exchange them.
 * Aparapi unpacks its native library to a new file for each loader; the JVM would not load one file twice.
 */
final class DeviceClassLoader extends ClassLoader {
    private static final String APARAPI = "com.aparapi.";
    private static final String OURS = "org.sparkgrad.gpu.";

    /** Packages of ours that are loaded again. */
    private static final Set<String> OWN = Set.of("kernel", "device", "engine.opencl");

    /** Types of those packages that are not. */
    private static final Set<String> SHARED = Set.of(
            GpuDevice.class.getName(),
            GpuDevice.Type.class.getName(),
            DeviceException.class.getName(),
            DeviceLedger.class.getName(),
            DriverThread.class.getName());

    DeviceClassLoader(ClassLoader parent) {
        super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!own(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = stream.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("class " + name + " cannot be read", unreadable);
        }
    }

    /** Whether this loader defines a class itself. */
    private static boolean own(String name) {
        if (name.startsWith(OURS)) {
            int end = name.lastIndexOf('.');
            return end > OURS.length() && OWN.contains(name.substring(OURS.length(), end)) && !SHARED.contains(name);
        }
        return name.startsWith(APARAPI);
    }
}
