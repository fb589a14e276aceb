package org.sparkgrad.gpu.device;

import com.aparapi.Kernel;
import com.aparapi.internal.exception.AparapiException;
import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.writer.KernelWriter;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kernel class as OpenCL C, by Aparapi's translator. The parameters of the function are the fields of the class that the
 * kernel uses, in the translator's order, and the number of the pass.
 */
final class KernelText {
    /** The name of the function in the text. */
    static final String FUNCTION = "run";

    private static final String PASS = "passid";
    private static final Pattern SIGNATURE = Pattern.compile("__kernel void " + FUNCTION + "\\(([^)]*)\\)");
    private static final Pattern PARAMETER = Pattern.compile("(?:(__global|__local) )?(int|float|double) (\\*?)(\\w+)");

    private static final Map<Class<?>, KernelText> TRANSLATED = new ConcurrentHashMap<>();

    private final String source;
    private final List<Parameter> parameters;

    /** What a parameter is set to. */
    enum Kind {
        /** A buffer of the device. */
        GLOBAL,
        /** Local memory, as long as the field's array. */
        LOCAL,
        /** The field's int. */
        INT,
        /** The number of the pass. */
        PASS
    }

    /**
     * A parameter of the function.
     *
     * @param field of the kernel; null for the number of the pass
     */
    record Parameter(Kind kind, @Nullable Field field) {
        /** Returns the value of the field in a kernel. */
        Object of(Kernel kernel) {
            try {
                return Objects.requireNonNull(Objects.requireNonNull(field).get(kernel), field.getName());
            } catch (IllegalAccessException impossible) {
                throw new LinkageError("a field of the kernel cannot be read", impossible);
            }
        }
    }

    private KernelText(String source, List<Parameter> parameters) {
        this.source = source;
        this.parameters = parameters;
    }

    /**
     * Returns the text of a kernel class.
     *
     * @throws DeviceException with the reason, if Aparapi cannot translate the class
     */
    static KernelText of(Class<? extends Kernel> type) {
        return TRANSLATED.computeIfAbsent(type, ignored -> translate(type));
    }

    private static KernelText translate(Class<? extends Kernel> type) {
        try {
            String source =
                    KernelWriter.writeToString(ClassModel.createClassModel(type).getEntrypoint(FUNCTION, null));
            return new KernelText(source, parameters(type, source));
        } catch (AparapiException | RuntimeException failure) {
            throw new DeviceException(type.getSimpleName() + " cannot be translated: " + failure.getMessage(), failure);
        }
    }

    private static List<Parameter> parameters(Class<?> type, String source) {
        Matcher signature = SIGNATURE.matcher(source);
        if (!signature.find()) {
            throw new IllegalArgumentException("no function " + FUNCTION + " in " + source);
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String text : signature.group(1).split(",", -1)) {
            Matcher parts = PARAMETER.matcher(text.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException("a parameter of another kind: " + text.strip());
            }
            parameters.add(parameter(type, parts));
        }
        return List.copyOf(parameters);
    }

    private static Parameter parameter(Class<?> type, Matcher parts) {
        String name = parts.group(4);
        if (name.equals(PASS)) {
            return new Parameter(Kind.PASS, null);
        }
        Field field = field(type, name);
        if (!parts.group(3).isEmpty()) {
            return new Parameter("__local".equals(parts.group(1)) ? Kind.LOCAL : Kind.GLOBAL, field);
        }
        if (field.getType() != int.class) {
            throw new IllegalArgumentException("a number that is no int: " + name);
        }
        return new Parameter(Kind.INT, field);
    }

    private static Field field(Class<?> type, String name) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new IllegalArgumentException("no field: " + name);
    }

    /** Returns OpenCL C. */
    String source() {
        return source;
    }

    /** Returns the parameters of the function, in order. */
    List<Parameter> parameters() {
        return parameters;
    }
}
