package org.sparkgrad;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * No class of gpu-kernels or of the job depends on itself through other classes. Permitted subclasses of a sealed interface
 * are no dependencies.
 */
@AnalyzeClasses(packages = "org.sparkgrad", importOptions = ImportOption.DoNotIncludeTests.class)
class ClassCyclesTest {
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();

    /** Takes a top-level class and its nested classes as one slice. */
    private static final class TopLevelClasses implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            JavaClass top = type;
            while (top.getEnclosingClass().isPresent()) {
                top = top.getEnclosingClass().get();
            }
            return SliceIdentifier.of(top.getName());
        }

        @Override
        public String getDescription() {
            return "top-level classes";
        }
    }
}
