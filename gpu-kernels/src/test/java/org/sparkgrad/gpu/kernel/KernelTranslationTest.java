package org.sparkgrad.gpu.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aparapi.Kernel;
import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.writer.KernelWriter;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Translates every kernel of the package to OpenCL C; needs no device. */
class KernelTranslationTest {
    static Stream<Class<?>> kernels() {
        List<Class<?>> classes = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(KernelTranslationTest.class.getPackageName())
                        .stream()
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
        return classes.stream();
    }

    /** An abstract kernel is translated as part of its subclasses. */
    static Stream<Class<?>> concreteKernels() {
        return kernels().filter(type -> !Modifier.isAbstract(type.getModifiers()));
    }

    @Test
    void thePackageHasKernels() {
        assertFalse(concreteKernels().toList().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void holdsNothingButKernels(Class<?> type) {
        assertTrue(Kernel.class.isAssignableFrom(type));
    }

    @ParameterizedTest
    @MethodSource("concreteKernels")
    void translatesToOpenCl(Class<?> type) throws Exception {
        String source =
                KernelWriter.writeToString(ClassModel.createClassModel(type).getEntrypoint("run", null));
        assertTrue(source.contains("__kernel void run("), source);
    }

    /** C has no overloading: Aparapi would give two methods of one class and name the same name in C. */
    @ParameterizedTest
    @MethodSource("kernels")
    void noTwoMethodsOfOneName(Class<?> type) {
        List<String> names = Stream.of(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .toList();
        assertEquals(Set.copyOf(names).size(), names.size(), names::toString);
    }
}
