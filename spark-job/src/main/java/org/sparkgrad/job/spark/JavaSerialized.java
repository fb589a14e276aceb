package org.sparkgrad.job.spark;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import org.apache.hadoop.io.Writable;
import org.apache.spark.SerializableWritable;
import org.jspecify.annotations.Nullable;

/**
 * A wrapper with which every serializer of Spark can write a value of this project. Kryo cannot write records, and with
 * {@code spark.kryo.registrationRequired} it writes only classes that the session has registered. Spark itself
 * registers {@link SerializableWritable} with Java's serialization, which also writes the value.
 *
 * @param <T> the type of the value, serializable
 */
public final class JavaSerialized<T> implements Writable {
    private @Nullable T value;

    /** For Hadoop, which then reads the value. */
    public JavaSerialized() {}

    private JavaSerialized(T value) {
        this.value = value;
    }

    /** Returns the value in the wrapper for transfer. */
    public static <T> SerializableWritable<JavaSerialized<T>> of(T value) {
        return new SerializableWritable<>(new JavaSerialized<>(value));
    }

    /** Returns the value of a transferred wrapper. */
    @SuppressWarnings("NullAway") // a T may be null itself
    public static <T> T value(SerializableWritable<JavaSerialized<T>> carried) {
        return carried.value().value;
    }

    /** Writes the value to the object stream to which SerializableWritable is written. */
    @Override
    public void write(DataOutput out) throws IOException {
        ((ObjectOutput) out).writeObject(value);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void readFields(DataInput in) throws IOException {
        try {
            value = (T) ((ObjectInput) in).readObject();
        } catch (ClassNotFoundException missing) {
            throw new IOException(missing);
        }
    }
}
