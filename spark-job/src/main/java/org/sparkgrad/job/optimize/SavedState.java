package org.sparkgrad.job.optimize;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A saved state of a training: vectors of doubles by name. A number is a vector of length 1. */
public final class SavedState {
    private final Map<String, double[]> vectors = new LinkedHashMap<>();

    /**
     * Puts a vector or a number; not copied.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public SavedState put(String name, double... vector) {
        if (vectors.putIfAbsent(name, vector) != null) {
            throw new IllegalArgumentException("there are two vectors of the name " + name);
        }
        return this;
    }

    /**
     * Returns a vector, not a copy.
     *
     * @throws IllegalStateException if there is no vector of this name
     */
    public double[] vector(String name) {
        double[] vector = vectors.get(name);
        if (vector == null) {
            throw new IllegalStateException("the saved state has no " + name);
        }
        return vector;
    }

    /** Returns a number. */
    public double number(String name) {
        return vector(name)[0];
    }

    /** Returns an integer. */
    public int whole(String name) {
        return (int) number(name);
    }

    /** Returns whether there is a vector of this name. */
    public boolean has(String name) {
        return vectors.containsKey(name);
    }

    /** Returns all vectors in the order of the calls of {@link #put}. */
    public Map<String, double[]> vectors() {
        return Collections.unmodifiableMap(vectors);
    }
}
