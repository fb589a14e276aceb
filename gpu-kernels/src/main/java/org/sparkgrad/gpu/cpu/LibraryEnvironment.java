package org.sparkgrad.gpu.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Changes the environment variables that a native library reads while it is loaded. Java can neither set nor unset
 * variables of its process, so this class points the C library's {@code environ} to another list; {@link #close} restores
 * the original list.
 */
final class LibraryEnvironment implements AutoCloseable {
    private final @Nullable PointerPointer<Pointer> environ;
    private final @Nullable Pointer original;
    private final List<String> hidden = new ArrayList<>();
    // Native code alone reads it, so this reference keeps it until it is closed.
    private final List<Pointer> memory = new ArrayList<>();

    /**
     * @param prefix variables whose names begin so are hidden
     * @param values the variables that replace them
     */
    LibraryEnvironment(String prefix, Map<String, String> values) {
        Pointer symbol = Loader.addressof("environ");
        environ = symbol == null ? null : new PointerPointer<>(symbol);
        original = environ == null ? null : environ.get(0);
        if (environ == null || original == null) {
            return;
        }
        List<Pointer> entries = new ArrayList<>();
        PointerPointer<BytePointer> list = new PointerPointer<>(original);
        for (int i = 0; present(list.get(BytePointer.class, i)); i++) {
            BytePointer entry = list.get(BytePointer.class, i);
            String text = entry.getString();
            String[] variable = text.split("=", 2);
            if (text.startsWith(prefix)) {
                if (!variable[1].equals(values.get(variable[0]))) {
                    hidden.add(text);
                }
            } else {
                entries.add(entry);
            }
        }
        values.forEach((name, value) -> entries.add(keep(new BytePointer(name + "=" + value))));
        PointerPointer<Pointer> changed = keep(new PointerPointer<>(entries.size() + 1L));
        for (int i = 0; i < entries.size(); i++) {
            changed.put(i, entries.get(i));
        }
        changed.put(entries.size(), (Pointer) null);
        environ.put(0, changed);
    }

    /** Returns the hidden variables, as NAME=value, except those whose value was not changed. */
    List<String> hidden() {
        return List.copyOf(hidden);
    }

    @Override
    public void close() {
        if (environ != null) {
            environ.put(0, original);
        }
        memory.forEach(Pointer::close);
    }

    private <P extends Pointer> P keep(P pointer) {
        memory.add(pointer);
        return pointer;
    }

    private static boolean present(@Nullable Pointer pointer) {
        return pointer != null && !pointer.isNull();
    }
}
