import java.io.File;
import java.util.List;
import org.semanticweb.HermiT.Configuration;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/** Prints one line for each fault of an ontology: outside OWL 2 DL, inconsistent, or with an unsatisfiable class. */
public class OwlReport {
    public static void main(String[] arguments) throws Exception {
        OWLOntology ontology = OWLManager.createOWLOntologyManager()
                .loadOntologyFromOntologyDocument(new File(arguments[0]));
        System.out.println("read " + ontology.getAxiomCount() + " axioms");
        List<OWLProfileViolation> violations = new OWL2DLProfile().checkOntology(ontology).getViolations();
        for (OWLProfileViolation violation : violations) {
            System.out.println("not OWL 2 DL: " + violation);
        }
        if (!violations.isEmpty()) {
            return; // what is outside OWL 2 DL, HermiT cannot reason over
        }
        Configuration configuration = new Configuration();
        // HermiT knows no xsd:date, xsd:gYear or geo:wktLiteral; that literals are well formed is for SHACL to check.
        configuration.ignoreUnsupportedDatatypes = true;
        configuration.throwInconsistentOntologyException = false;
        Reasoner reasoner = new Reasoner(configuration, ontology);
        if (!reasoner.isConsistent()) {
            System.out.println("inconsistent");
            return;
        }
        for (OWLClass nothing : reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()) {
            System.out.println("unsatisfiable: " + nothing.getIRI());
        }
    }
}
