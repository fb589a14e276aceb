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
 * A value of ours in a form that every serializer of Spark takes. Kryo cannot write records, and with
 * {@code spark.kryo.registrationRequired} only what the session has registered. {@link SerializableWritable} is registered
 * by Spark itself, with Java's serialization, which writes the value here, too.
 *
 * @param <T> serializable
 */
public final class JavaSerialized<T> implements Writable {
    private @Nullable T value;

    /** For Hadoop, which reads the value next. */
    public JavaSerialized() {}

    private JavaSerialized(T value) {
        this.value = value;
    }

    /** Returns the value in the form that travels. */
    public static <T> SerializableWritable<JavaSerialized<T>> of(T value) {
        return new SerializableWritable<>(new JavaSerialized<>(value));
    }

    /** Returns the value of a form that travelled. */
    @SuppressWarnings("NullAway") // a T may be null itself
    public static <T> T value(SerializableWritable<JavaSerialized<T>> carried) {
        return carried.value().value;
    }

    /** Writes the value to the stream of objects that SerializableWritable is being written to. */
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
