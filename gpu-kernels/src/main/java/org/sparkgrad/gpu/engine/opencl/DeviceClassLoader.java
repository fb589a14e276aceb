package org.sparkgrad.gpu.engine.opencl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.DeviceReservations;
import org.sparkgrad.gpu.device.DriverThread;
import org.sparkgrad.gpu.device.GpuDevice;

/**
 * Loads Aparapi, the kernels and the OpenCL engine again, for one device, because Aparapi runs one kernel at a time in a
 * class loader. The parent loads all other packages and the types in {@link #SHARED}, which callers and engines exchange.
 * Aparapi unpacks its native library to a new file for each loader, since the JVM does not load a file twice.
 */
final class DeviceClassLoader extends ClassLoader {
    private static final String APARAPI = "com.aparapi.";
    private static final String OURS = "org.sparkgrad.gpu.";

    /** Packages below {@value #OURS} that this loader loads. */
    private static final Set<String> OWN = Set.of("kernel", "device", "engine.opencl");

    /** Types of those packages that the parent loads. */
    private static final Set<String> SHARED = Set.of(
            GpuDevice.class.getName(),
            GpuDevice.Type.class.getName(),
            DeviceException.class.getName(),
            DeviceReservations.class.getName(),
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

    /** Returns whether this loader, not the parent, loads a class. */
    private static boolean own(String name) {
        if (name.startsWith(OURS)) {
            int end = name.lastIndexOf('.');
            return end > OURS.length() && OWN.contains(name.substring(OURS.length(), end)) && !SHARED.contains(name);
        }
        return name.startsWith(APARAPI);
    }
}
